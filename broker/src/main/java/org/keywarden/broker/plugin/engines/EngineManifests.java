package org.keywarden.broker.plugin.engines;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.PluginManifest.InputMethod;
import org.keywarden.broker.plugin.installed.ManifestLoader;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.seat.Memory;
import org.keywarden.ibus.component.EngineDescription;
import org.keywarden.policy.PluginFacts;
import org.keywarden.policy.Right;
import org.keywarden.proto.engine.v1.Profile;

/** Components and engines, as plugins and their input methods. */
final class EngineManifests {
  private static final String TAG = "[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*";
  private static final String ID = "[A-Za-z0-9]([A-Za-z0-9:._+-]*[A-Za-z0-9+])?";
  private static final int LONGEST_ID = 128;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_SYMBOL = 8;
  private static final int MOST_LANGUAGES = 64;

  private EngineManifests() {}

  /** Whether an engine's name can be an input method's id. */
  static boolean isId(String name) {
    return name.length() <= LONGEST_ID && name.matches(ID);
  }

  static InputMethod method(EngineDescription engine) {
    String language = engine.language().replace('_', '-');
    return new InputMethod(
        engine.name(),
        cut(engine.longname(), LONGEST_NAME),
        language.matches(TAG) ? List.of(language) : List.of(),
        layout(engine),
        cut(engine.symbol(), LONGEST_SYMBOL));
  }

  private static String layout(EngineDescription engine) {
    if (!engine.layout().matches("[a-z_]{1,32}") || engine.layout().equals("default")) {
      return "";
    }
    return engine.variant().matches("[A-Za-z0-9_-]{1,24}")
        ? engine.layout() + "(" + engine.variant() + ")"
        : engine.layout();
  }

  private static String cut(String text, int most) {
    int[] points = text.codePoints().limit(most).toArray();
    return new String(points, 0, points.length);
  }

  /**
   * The plugin of a component.
   *
   * @param copies holds {@code component.xml} and {@code profile.binpb}: what was read
   */
  static PluginManifest manifest(
      EngineReader.Read read, List<InputMethod> engines, EnginePlaces places, Path copies) {
    List<String> exec = new ArrayList<>(places.exec());
    exec.add(copies.resolve("component.xml").toString());
    exec.add(copies.resolve("profile.binpb").toString());
    Profile profile = read.profile().profile();
    Set<Confinement.Channel> channels = EnumSet.of(Confinement.Channel.NAMED_SOCKETS);
    channels.addAll(ManifestLoader.channelsOf(profile.getChannelsList()));
    Set<String> languages = new LinkedHashSet<>();
    engines.forEach(each -> languages.addAll(each.languages()));
    return new PluginManifest(
        places.host(),
        engines.size() == 1 ? engines.getFirst().name() : read.component().name(),
        "IBus",
        exec,
        new PluginFacts(
            read.id(),
            languages.stream().limit(MOST_LANGUAGES).toList(),
            EnumSet.allOf(Right.class)),
        Stream.concat(Stream.of(copies), read.data().stream()).toList(),
        read.programs(),
        ManifestLoader.limitsOf(profile.getLimits()),
        channels,
        engines,
        Memory.KEEPS);
  }
}
