package org.keywarden.cli.session;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.GetStatusResponse;

/**
 * Where typing goes now, in one line for the bar of a desktop: plain for polybar, JSON as waybar's
 * custom modules take it. Nothing of it depends on what is typed.
 *
 * @param path {@code composing}, {@code trusted keyboard}, {@code direct}, {@code held}, {@code
 *     nowhere} or {@code stopped}
 * @param inputMethod which is selected, empty for the keyboard only
 * @param application of the focused field, by its own word; empty if none
 * @param decidedBy what decided the path
 * @param problems what went wrong, a sentence each
 */
record StatusLine(
    String path, String inputMethod, String application, String decidedBy, List<String> problems) {
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  /** Of a broker that does not run. */
  static final StatusLine STOPPED =
      new StatusLine("stopped", "", "", "", List.of("Keywarden does not run"));

  static StatusLine of(GetStatusResponse now) {
    List<String> problems = new ArrayList<>();
    String session = SessionWords.of(now);
    if (now.hasStanding() && !session.equals("applications find Keywarden")) {
      problems.add(session);
    }
    if (!now.getGrantLogProblem().isEmpty()) {
      problems.add("the grant log cannot be written: " + now.getGrantLogProblem());
    }
    if (!now.getTrustedKeyboardReady()) {
      problems.add("the trusted keyboard is not ready");
    }
    return new StatusLine(
        switch (now.getRoute()) {
          case ROUTE_COMPOSING -> "composing";
          case ROUTE_GUARDED -> "trusted keyboard";
          case ROUTE_DIRECT -> "direct";
          case ROUTE_DECIDING, ROUTE_GRANTING -> "held";
          case ROUTE_UNFOCUSED, ROUTE_UNSPECIFIED, UNRECOGNIZED -> "nowhere";
        },
        now.getSelectedInputMethod().isEmpty()
            ? now.getSelectedPlugin()
            : now.getSelectedInputMethod(),
        now.getApplication(),
        now.getDecidedBy(),
        problems);
  }

  /** For people, and bars that show a line as it is. */
  String text() {
    StringBuilder line = new StringBuilder(path);
    if (path.equals("composing")) {
      line.append(" (").append(inputMethod).append(')');
    }
    if (!application.isEmpty()) {
      line.append(", ").append(application);
    }
    problems.forEach(each -> line.append(" ! ").append(each));
    return Text.visible(line.toString());
  }

  /** One line: what waybar shows, its class for a style sheet, and each part by itself. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("text", markup(path.equals("composing") ? inputMethod : path));
    json.addProperty("tooltip", markup(text()));
    JsonArray classes = new JsonArray();
    classes.add(path.replace(' ', '-'));
    if (!problems.isEmpty()) {
      classes.add("problem");
    }
    json.add("class", classes);
    json.addProperty("path", path);
    json.addProperty("inputMethod", inputMethod);
    json.addProperty("application", application);
    json.addProperty("decidedBy", decidedBy);
    JsonArray sentences = new JsonArray();
    problems.forEach(sentences::add);
    json.add("problems", sentences);
    return Text.visibleJson(JSON.toJson(json));
  }

  /** As Pango's markup takes it, which waybar reads text as. */
  private static String markup(String text) {
    return Text.visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
