package org.keywarden.conformance;

/**
 * One attack.
 *
 * @param guarantee the guarantee it tries to break, "G1" to "G10"
 * @param name unique, lower case
 * @param description what is tried and what must come of it
 * @param disrupts whether it may cost a plugin its process, so that the next attack needs a fresh
 *     broker
 * @param trial the attack itself
 */
public record Attack(
    String guarantee, String name, String description, boolean disrupts, Trial trial) {

  /** Carries an attack out. */
  @FunctionalInterface
  interface Trial {
    /**
     * @throws Unsettled if what the attack needs first, or its end, did not come in time
     */
    Outcome run(Fixture fixture) throws Unsettled;
  }

  static Attack of(String guarantee, String name, String description, Trial trial) {
    return new Attack(guarantee, name, description, false, trial);
  }

  static Attack disrupting(String guarantee, String name, String description, Trial trial) {
    return new Attack(guarantee, name, description, true, trial);
  }

  /** The guarantee and the name. */
  public String title() {
    return guarantee + " " + name;
  }
}
