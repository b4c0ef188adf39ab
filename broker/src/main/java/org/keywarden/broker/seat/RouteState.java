package org.keywarden.broker.seat;

/**
 * The route of the focused field, with what is so only while it lasts. Immutable, and the same
 * object until the route changes; {@link SeatState#enter} says what may follow what.
 */
sealed interface RouteState {
  /** The name that others know it by. */
  Route route();

  /** The policy rule that decided, or a word for what did. */
  String decidedBy();

  record Unfocused() implements RouteState {
    @Override
    public Route route() {
      return Route.UNFOCUSED;
    }

    @Override
    public String decidedBy() {
      return "no field has focus";
    }
  }

  /** A field has the focus. */
  sealed interface Focused extends RouteState {
    Field field();
  }

  /** Time alone ends it. */
  sealed interface Timed extends Focused {
    /** When, in ns. */
    long until();
  }

  /** The focused field has a grant. */
  sealed interface Granted extends Focused {
    Grant grant();
  }

  /** The field's content type is expected {@code until} then. */
  record Deciding(Field field, long until) implements Timed {
    @Override
    public Route route() {
      return Route.DECIDING;
    }

    @Override
    public String decidedBy() {
      return "the field has not said what it is yet";
    }
  }

  /** A grant may be begun at {@code until}, if the policy still says so then. */
  record Awaiting(Field field, String decidedBy, long until) implements Timed {
    @Override
    public Route route() {
      return Route.GRANTING;
    }
  }

  /** The grant is not presented yet. */
  record Granting(Field field, String decidedBy, Grant grant) implements Granted {
    @Override
    public Route route() {
      return Route.GRANTING;
    }

    Composing presented() {
      return new Composing(field, decidedBy, grant);
    }
  }

  record Composing(Field field, String decidedBy, Grant grant) implements Granted {
    @Override
    public Route route() {
      return Route.COMPOSING;
    }
  }

  record Guarded(Field field, String decidedBy) implements Focused {
    @Override
    public Route route() {
      return Route.GUARDED;
    }
  }

  record Direct(Field field, String decidedBy) implements Focused {
    /** What decides where the policy would have had the selected plugin compose. */
    static final String NO_PLUGIN = "no input method is ready";

    /** As above, where nothing may be learnt. */
    static final String NO_FORGETFUL_PLUGIN = "no input method that learns nothing is ready";

    @Override
    public Route route() {
      return Route.DIRECT;
    }
  }

  /** Direct for want of a grant, which may be begun at {@code until}. */
  record Paced(Field field, String decidedBy, long until) implements Timed {
    @Override
    public Route route() {
      return Route.DIRECT;
    }
  }
}
