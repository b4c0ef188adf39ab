package org.keywarden.engine.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.keywarden.engine.bus.ConfigObject;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.Component;
import org.keywarden.ibus.component.Words;
import org.keywarden.ibus.wire.Value;
import org.keywarden.proto.engine.v1.Profile;
import org.keywarden.proto.engine.v1.Setting;
import org.keywarden.proto.engine.v1.Variable;

/**
 * How an engine is started.
 *
 * @param home of the engine: its state
 * @param runtime a directory that nobody else may enter
 * @param address of the socket, in D-Bus's form
 * @param guid of the socket
 * @param keyTime how long the engine may take for a key
 */
record Launch(
    Component component,
    Profile profile,
    Path home,
    Path runtime,
    String address,
    String guid,
    Duration keyTime) {

  /** Which engine is meant where nobody says. */
  String engine() {
    return component.engines().isEmpty() ? "" : component.engines().getFirst().name();
  }

  List<String> activate() {
    return profile.getActivateList();
  }

  ConfigObject config() {
    Map<String, Map<String, Value>> sections = new HashMap<>();
    for (Setting each : profile.getConfigList()) {
      sections
          .computeIfAbsent(each.getSection(), unknown -> new HashMap<>())
          .put(each.getName(), value(each));
    }
    return new ConfigObject(sections);
  }

  private static Value value(Setting setting) {
    return switch (setting.getValueCase()) {
      case TEXT -> new Value.Str(setting.getText());
      case NUMBER -> new Value.Int32(setting.getNumber());
      case FLAG -> new Value.Bool(setting.getFlag());
      case VALUE_NOT_SET -> throw new IllegalStateException("the schema requires a value");
    };
  }

  EngineProcess start(Executor executor, Runnable whenOver) throws IOException {
    List<String> command;
    try {
      command = Words.of(component.exec());
    } catch (BadComponent e) {
      throw new IOException(e.getMessage(), e);
    }
    return StartedProcess.start(command, environment(), home, executor, whenOver);
  }

  Map<String, String> environment() throws IOException {
    for (String each : profile.getStateList()) {
      Path directory = home.resolve(each).normalize();
      if (directory.startsWith(home)) {
        var ignored = Files.createDirectories(directory);
      }
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("LANG", "C.UTF-8");
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    // Without it GLib would start a bus of its own.
    environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + runtime.resolve("no-bus"));
    environment.put("IBUS_ADDRESS", address);
    for (Variable each : profile.getEnvironmentList()) {
      environment.put(each.getName(), each.getValue().replace("${home}", home.toString()));
    }
    return environment;
  }
}
