package org.keywarden.fleet.page;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/** The same as JSON: messages in the JSON mapping of Protocol Buffers. */
public final class FleetJson {
  private static final Gson GSON = new Gson();
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private FleetJson() {}

  /** Sums over all logs. */
  public static String totals(FleetView view) {
    return GSON.toJson(view.totals());
  }

  /** The logs an operator should look at. */
  public static String failing(FleetView view) {
    JsonArray all = new JsonArray();
    view.failing().forEach(log -> all.add(json(log)));
    return GSON.toJson(all);
  }

  /** One log. */
  public static String log(FleetView.Log log) {
    return GSON.toJson(json(log));
  }

  private static JsonElement json(FleetView.Log log) {
    JsonObject object = new JsonObject();
    object.addProperty("origin", log.origin());
    object.addProperty("holds", !log.isFailing());
    try {
      object.add("state", JsonParser.parseString(PRINTER.print(log.state())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a state has no Any", e);
    }
    return object;
  }
}
