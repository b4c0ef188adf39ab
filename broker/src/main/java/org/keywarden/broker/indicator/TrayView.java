package org.keywarden.broker.indicator;

import java.util.List;
import org.keywarden.broker.seat.Route;

/**
 * What the indicator shows: no more than {@code keywarden status} tells, and nothing typed.
 *
 * @param selected the id of the input method that composes, empty for the keyboard only
 * @param methods those to switch between
 * @param paused whether an input method comes back when the pause ends
 * @param program of the focused field, or the last that had one
 * @param problems what is wrong, a sentence each
 */
public record TrayView(
    Route route,
    String selected,
    List<Method> methods,
    boolean paused,
    Program program,
    List<String> problems) {
  /** An input method. */
  public record Method(String id, String name) {}

  /**
   * An application.
   *
   * @param name what to call it, empty if there was none
   * @param executable the kernel's word for its program, empty if unknown
   * @param announces whether it says what its fields are for
   */
  public record Program(
      String name, String executable, boolean announces, boolean allowed, boolean keptOut) {
    /** No application had the focus yet. */
    public static final Program NONE = new Program("", "", true, false, false);
  }

  /** Before anything is known. */
  public static final TrayView NOTHING =
      new TrayView(Route.UNFOCUSED, "", List.of(), false, Program.NONE, List.of());

  public TrayView {
    methods = List.copyOf(methods);
    problems = List.copyOf(problems);
  }

  /** Where typing goes, in a line. */
  String headline() {
    String in = program.name().isEmpty() ? "" : " in " + program.name();
    return switch (route) {
      case COMPOSING -> "Composing with " + nameOfSelected() + in;
      case GUARDED -> "Trusted keyboard" + in;
      case DIRECT -> "No input method" + in;
      case DECIDING, GRANTING -> "Keys wait for a moment" + in;
      case UNFOCUSED -> "No text field has the focus";
    };
  }

  String nameOfSelected() {
    return methods.stream()
        .filter(each -> each.id().equals(selected))
        .map(Method::name)
        .findFirst()
        .orElse(selected);
  }

  /** The name of a picture in the installation's {@code icons}. */
  String icon() {
    return switch (route) {
      case COMPOSING -> "keywarden-composing";
      case GUARDED -> "keywarden-trusted";
      case DIRECT -> "keywarden-direct";
      case DECIDING, GRANTING, UNFOCUSED -> "keywarden-idle";
    };
  }
}
