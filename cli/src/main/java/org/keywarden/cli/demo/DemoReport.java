package org.keywarden.cli.demo;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.host.v1.Route;

/** The demonstration for people and for programs. */
final class DemoReport {
  private static final double MILLISECOND = 1e6;

  private DemoReport() {}

  static void text(PrintWriter out, List<Scene> scenes, List<Check> checks) {
    for (Scene scene : scenes) {
      out.println();
      say(out, "Field: " + scene.field() + "   (input method: " + scene.ime() + ")");
      say(out, "  typed                   " + scene.typed());
      say(out, "  path                    " + path(scene));
      say(out, "  the input method saw    " + (scene.seen().isEmpty() ? "nothing" : scene.seen()));
      say(out, "  the application got     " + scene.received());
      for (Grant grant : scene.grants()) {
        say(out, "  capability              " + describe(grant));
      }
    }
    out.println();
    for (Check check : checks) {
      out.println(
          (check.kept() ? "kept    " : "BROKEN  ") + check.guarantee() + "  " + check.says());
    }
    out.flush();
  }

  /** Prints one line; what processes under test wrote cannot act on the terminal. */
  private static void say(PrintWriter out, String line) {
    out.println(Text.visible(line));
  }

  private static String path(Scene scene) {
    return scene.routes().stream().map(DemoReport::name).collect(Collectors.joining(" -> "));
  }

  private static String name(Route route) {
    return switch (route) {
      case ROUTE_UNFOCUSED -> "nobody";
      case ROUTE_DECIDING -> "held (secrecy not known)";
      case ROUTE_GRANTING -> "held (capability on its way)";
      case ROUTE_COMPOSING -> "input method";
      case ROUTE_GUARDED -> "trusted keyboard";
      case ROUTE_DIRECT -> "application";
      case ROUTE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String describe(Grant grant) {
    return "grant %d for %s, lived %.0f ms, ended: %s"
        .formatted(
            grant.getGrant(),
            grant.getPluginId(),
            (grant.getClosedAt() - grant.getIssuedAt()) / MILLISECOND,
            reason(grant));
  }

  private static String reason(Grant grant) {
    return grant
        .getReason()
        .name()
        .replace("REVOCATION_REASON_", "")
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }

  static void json(PrintWriter out, List<Scene> scenes, List<Check> checks) {
    JsonArray fields = new JsonArray();
    for (Scene scene : scenes) {
      JsonObject field = new JsonObject();
      field.addProperty("field", scene.field());
      field.addProperty("ime", scene.ime());
      field.addProperty("secret", scene.secret());
      field.addProperty("typed", scene.typed());
      field.addProperty("seen_by_ime", scene.seen());
      field.addProperty("received", scene.received());
      JsonArray routes = new JsonArray();
      scene.routes().forEach(route -> routes.add(route.name()));
      field.add("routes", routes);
      JsonArray grants = new JsonArray();
      for (Grant grant : scene.grants()) {
        JsonObject each = new JsonObject();
        each.addProperty("grant", grant.getGrant());
        each.addProperty("plugin", grant.getPluginId());
        each.addProperty("issued_at_ns", grant.getIssuedAt());
        each.addProperty("closed_at_ns", grant.getClosedAt());
        each.addProperty("reason", reason(grant));
        grants.add(each);
      }
      field.add("grants", grants);
      fields.add(field);
    }
    JsonArray guarantees = new JsonArray();
    for (Check check : checks) {
      JsonObject each = new JsonObject();
      each.addProperty("guarantee", check.guarantee());
      each.addProperty("says", check.says());
      each.addProperty("kept", check.kept());
      guarantees.add(each);
    }
    JsonObject all = new JsonObject();
    all.add("fields", fields);
    all.add("guarantees", guarantees);
    out.println(
        Text.visibleJson(
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all)));
    out.flush();
  }
}
