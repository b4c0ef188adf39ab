package org.keywarden.broker.frontdoor.accessibility;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keywarden.broker.budget.Holder;

/**
 * The object that has an application's focus, as the accessibility bus has it.
 *
 * @param process whose it is, as {@link Holder#number}
 * @param secret whether it is a password
 * @param at when it got the focus or became a password, in ns of CLOCK_MONOTONIC
 */
public record FocusedObject(long process, boolean secret, long at) {
  /** Longest line, in bytes. */
  static final int LONGEST = 96;

  private static final Pattern LINE =
      Pattern.compile("focus ([1-9][0-9]{0,9}) ([0-9]{1,18}) (secret|plain) ([0-9]{1,19})");

  /** Reads a line of the listener's; empty if it is none of an object. */
  static Optional<FocusedObject> of(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      Holder.Kin kin =
          new Holder.Kin(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
      return Optional.of(
          new FocusedObject(
              kin.number(), parts.group(3).equals("secret"), Long.parseLong(parts.group(4))));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }
}
