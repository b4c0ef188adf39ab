package org.keywarden.broker.frontdoor.ibus.session;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * Keeps the address files naming this broker. What a living rival wrote stays until it ends, unless
 * it is to be replaced; what is gone, empty or names a daemon that ended is written anew. Thread:
 * any, one at a time.
 */
public final class AddressWatch {
  private final AddressFiles files;
  private final String address;
  private final long pid;
  private final BooleanSupplier mayReplace;

  /**
   * What a look found, and what is so after it.
   *
   * @param rival pid of the daemon that has the files, 0 if none
   * @param written whether the files had to be written
   * @param problem why they cannot be, empty if they can
   */
  public record Look(long rival, boolean written, String problem) {
    /** Whether applications find this broker. */
    public boolean ours() {
      return rival == 0 && problem.isEmpty();
    }
  }

  /**
   * @param pid the broker's own
   * @param mayReplace asked before something is taken from a rival that lives
   */
  public AddressWatch(AddressFiles files, String address, long pid, BooleanSupplier mayReplace) {
    this.files = files;
    this.address = address;
    this.pid = pid;
    this.mayReplace = mayReplace;
  }

  /** Looks once, and mends what may be mended. */
  public Look look() {
    try {
      if (files.allName(address)) {
        return new Look(0, false, "");
      }
      OptionalLong rival = files.rival(pid);
      if (rival.isPresent() && !mayReplace.getAsBoolean()) {
        return new Look(rival.getAsLong(), false, "");
      }
      files.write(address, pid);
      return new Look(0, true, "");
    } catch (IOException e) {
      return new Look(0, false, String.valueOf(e.getMessage()));
    }
  }
}
