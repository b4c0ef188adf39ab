package org.keywarden.conformance;

/**
 * One attack.
 *
 * @param guarantee the guarantee it tries to break, "G1" to "G10"
 * @param name unique, lower case
 * @param description what is tried and what must come of it
 * @param room which broker it is made against
 * @param trial the attack itself
 */
public record Attack(String guarantee, String name, String description, Room room, Trial trial) {

  /** Which broker an attack is made against, and what becomes of it. */
  enum Room {
    /** The one that runs, which goes on. */
    SHARED,

    /** The one that runs; it may lose a plugin's process, so that the next attack needs another. */
    LAST,

    /** None: the attack starts what it needs. */
    OWN
  }

  /** Carries an attack out. */
  @FunctionalInterface
  interface Trial {
    /**
     * @throws Unsettled if what the attack needs first, or its end, did not come in time
     */
    Outcome run(Fixture fixture) throws Unsettled;
  }

  static Attack of(String guarantee, String name, String description, Trial trial) {
    return new Attack(guarantee, name, description, Room.SHARED, trial);
  }

  static Attack disrupting(String guarantee, String name, String description, Trial trial) {
    return new Attack(guarantee, name, description, Room.LAST, trial);
  }

  static Attack alone(String guarantee, String name, String description, Trial trial) {
    return new Attack(guarantee, name, description, Room.OWN, trial);
  }

  /** The guarantee and the name. */
  public String title() {
    return guarantee + " " + name;
  }
}
