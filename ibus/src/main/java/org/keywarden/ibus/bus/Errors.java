package org.keywarden.ibus.bus;

import org.keywarden.ibus.wire.Message;

/** Refusals, by the names D-Bus has for them. */
public final class Errors {
  private static final String PREFIX = "org.freedesktop.DBus.Error.";

  private Errors() {}

  public static Message denied(Message call, String why) {
    return call.error(PREFIX + "AccessDenied", why);
  }

  public static Message unknownMethod(Message call) {
    return call.error(PREFIX + "UnknownMethod", "no method " + call.member() + " here");
  }

  public static Message unknownObject(Message call) {
    return call.error(PREFIX + "UnknownObject", "no object " + call.path());
  }

  public static Message invalid(Message call, String expected) {
    return call.error(
        PREFIX + "InvalidArgs",
        call.member() + " takes (" + expected + "), not (" + call.signature() + ")");
  }

  public static Message failed(Message call, String why) {
    return call.error(PREFIX + "Failed", why);
  }

  public static Message named(Message call, String error, String why) {
    return call.error(PREFIX + error, why);
  }
}
