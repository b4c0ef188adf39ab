package org.keywarden.broker.app;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.installed.InstalledPlugins;
import org.keywarden.broker.plugin.installed.ManifestLoader;
import org.keywarden.broker.plugin.pack.Pack;
import org.keywarden.broker.plugin.pack.PackLabel;
import org.keywarden.broker.plugin.pack.Packing;
import org.keywarden.broker.plugin.pack.Publishers;
import org.keywarden.broker.plugin.sandbox.FileErrors;

/**
 * What the command line asks about packs; an empty word is left out.
 *
 * <pre>
 * pack DIR FILE NAME ARCHITECTURE      packs DIR; NAME is of the user's key if it is made now, FILE may be left out;
 *                                      "packed" and the file, then what the label says
 * judge FILE DIGEST KEY OLDER          verifies; what the label says and the sandbox would allow; "installed" and the
 *                                      version that is there; "changed", "+" or "-", what, value
 * unpack FILE DIGEST KEY OLDER         the same, if the archive still has this digest, and installs; "added" and the id
 * </pre>
 *
 * KEY is the publisher's verifier key, as the user knows it; OLDER is "older" if an older version
 * may take the place of a newer one. Each says "refused" and why, if it does not.
 */
final class PackTool {
  static final Set<String> COMMANDS = Set.of("pack", "judge", "unpack");
  static final int WORDS = 5;

  private static final String ENDING = ".ime";
  private static final int REFUSED = 1;

  private final EngineTool.Lines out;
  private final ManifestLoader loader;
  private final InstalledPlugins installed;
  private final Publishers publishers;

  PackTool(
      EngineTool.Lines out, ManifestLoader loader, InstalledPlugins installed, Path publishers) {
    this.out = out;
    this.loader = loader;
    this.installed = installed;
    this.publishers = new Publishers(publishers);
  }

  int run(List<String> words) {
    try {
      Path path = Path.of(words.get(1)).toAbsolutePath().normalize();
      return switch (words.getFirst()) {
        case "pack" -> pack(path, words.get(2), words.get(3), words.get(4));
        default -> {
          try (Pack pack = Pack.open(path)) {
            yield take(pack, path, words);
          }
        }
      };
    } catch (Malformed e) {
      return refuse(List.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return refuse(List.of(FileErrors.words(e)));
    }
  }

  private int refuse(List<String> problems) {
    problems.forEach(problem -> out.line("refused", problem));
    return REFUSED;
  }

  private int pack(Path directory, String file, String name, String architecture)
      throws IOException {
    PluginManifest manifest;
    switch (loader.load(directory)) {
      case ManifestLoader.Outcome.Refused refused -> {
        return refuse(refused.problems());
      }
      case ManifestLoader.Outcome.Loaded loaded -> manifest = loaded.manifest();
    }
    if (version(manifest.version()).isEmpty()) {
      return refuse(
          List.of(
              "the version "
                  + manifest.version()
                  + " cannot be compared with others; it begins with a number, such as 1.0"));
    }
    Path target =
        Path.of(file.isEmpty() ? manifest.id() + "-" + manifest.version() + ENDING : file)
            .toAbsolutePath();
    try (Ed25519Signer signer =
        publishers.own(name.isEmpty() ? manifest.id() : name, new SecureRandom())) {
      PackLabel label =
          Packing.pack(
              directory,
              new Packing.Plugin(manifest.id(), manifest.version(), architecture),
              signer,
              target);
      out.line("packed", target.toString());
      say(label);
      return 0;
    }
  }

  private void say(PackLabel label) {
    out.line("architecture", label.architecture());
    out.line("publisher", label.publisher().text());
    out.line("sha256", label.digest());
  }

  private int take(Pack pack, Path file, List<String> words) throws IOException, Malformed {
    PackLabel label = pack.label();
    String digest = words.get(2);
    if (!digest.isEmpty() && !digest.equals(label.digest())) {
      return refuse(List.of(file + " is not the pack any more that you were asked about"));
    }
    @Nullable NoteKey named = words.get(3).isEmpty() ? null : NoteKey.parse(words.get(3));
    List<String> problems = new ArrayList<>(stranger(label, named));
    Optional<PluginManifest> there = there(label.id());
    if (!words.get(4).equals("older")) {
      there.ifPresent(manifest -> problems.addAll(older(label, manifest)));
    }
    if (!problems.isEmpty()) {
      return refuse(problems);
    }
    ManifestLoader.Outcome outcome =
        words.getFirst().equals("unpack")
            ? installed.add(pack, file, (draft, shown) -> check(label, draft, shown))
            : installed.judge(pack, file, (draft, shown) -> check(label, draft, shown));
    switch (outcome) {
      case ManifestLoader.Outcome.Refused refused -> {
        return refuse(refused.problems());
      }
      case ManifestLoader.Outcome.Loaded loaded -> say(label, loaded.manifest(), there);
    }
    if (words.getFirst().equals("unpack")) {
      publishers.pin(label.id(), label.publisher());
      out.line("added", label.id());
    }
    return 0;
  }

  /** Why this publisher's packs are not taken; nothing if they are. */
  private List<String> stranger(PackLabel label, @Nullable NoteKey named) throws IOException {
    NoteKey signed = label.publisher();
    if (named != null) {
      return named.equals(signed)
          ? List.of()
          : List.of("it is signed by " + signed + ", and not by " + named);
    }
    Optional<NoteKey> known = publishers.known(label.id());
    return known.isEmpty() || known.get().equals(signed)
        ? List.of()
        : List.of(
            "it is signed by " + signed,
            "so far " + label.id() + " was signed by " + known.get(),
            "if you know from its publisher, and not from this file, that the key is another one"
                + " now, say so: --key "
                + signed);
  }

  private Optional<PluginManifest> there(String id) {
    try {
      return loader.load(installed.find(id)) instanceof ManifestLoader.Outcome.Loaded loaded
          ? Optional.of(loaded.manifest())
          : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static List<String> older(PackLabel label, PluginManifest there) {
    Optional<Version> now = version(label.version());
    Optional<Version> before = version(there.version());
    boolean later = now.isPresent() && (before.isEmpty() || now.get().compareTo(before.get()) >= 0);
    return later
        ? List.of()
        : List.of(
            "it is version "
                + label.version()
                + ", older than "
                + there.version()
                + ", which you have; if you want it all the same: --older");
  }

  private static Optional<Version> version(String text) {
    try {
      return Optional.of(Version.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The label is what was shown and compared, so the manifest has to be of the same plugin. */
  private ManifestLoader.Outcome check(PackLabel label, Path draft, Path shown) {
    ManifestLoader.Outcome outcome = loader.load(draft, shown);
    return outcome instanceof ManifestLoader.Outcome.Loaded loaded
            && !(loaded.manifest().id().equals(label.id())
                && loaded.manifest().version().equals(label.version()))
        ? new ManifestLoader.Outcome.Refused(
            List.of("its label names another plugin, or another version, than its manifest"))
        : outcome;
  }

  private void say(PackLabel label, PluginManifest manifest, Optional<PluginManifest> there) {
    for (List<String> line : ManifestWords.of(manifest)) {
      if (!line.getLast().equals(manifest.directory().toString())) {
        out.line(line.toArray(String[]::new));
      }
    }
    say(label);
    if (there.isPresent()) {
      out.line("installed", there.get().version());
      List<List<String>> now = ManifestWords.allowances(manifest);
      List<List<String>> before = ManifestWords.allowances(there.get());
      before.stream().filter(each -> !now.contains(each)).forEach(each -> changed("-", each));
      now.stream().filter(each -> !before.contains(each)).forEach(each -> changed("+", each));
    }
  }

  private void changed(String sign, List<String> line) {
    out.line("changed", sign, line.getFirst(), line.getLast());
  }
}
