package org.keywarden.broker.seat;

/**
 * The application a field belongs to.
 *
 * @param name what it calls itself: a claim
 * @param executable the kernel's word for its program, empty if unknown
 * @param allowed whether the user allowed an input method here although the application never says
 *     what is secret
 * @param keptOut whether the user keeps input methods out of it
 * @param process a number of its process that no other has; 0 if the door knows none
 */
public record Application(
    String name, String executable, boolean allowed, boolean keptOut, long process) {
  public Application(String name, String executable, boolean allowed) {
    this(name, executable, allowed, 0);
  }

  public Application(String name, String executable, boolean allowed, long process) {
    this(name, executable, allowed, false, process);
  }
}
