package org.keywarden.broker.plugin.engines;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.PluginManifest;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.ibus.component.BadComponent;
import org.keywarden.ibus.component.ComponentReader;
import org.keywarden.ibus.component.EngineDescription;

/**
 * Finds the engines that are installed. What is wrong with one component is said of that one.
 *
 * <p>Thread: any one at a time, which waits for programs that list engines.
 */
public final class EngineDiscovery {
  private static final int MOST_COMPONENTS = 256;

  private final EnginePlaces places;
  private final EngineReader reader;
  private final Lister lister;

  /** Listings that failed, by what they may depend on: not tried again before that changes. */
  private final Map<String, Known> failed = new ConcurrentHashMap<>();

  /** Has a component's program list its engines. */
  public interface Lister {
    /**
     * Returns what it printed; waits for it.
     *
     * @param directory of the component, for what the program needs meanwhile
     * @throws BadComponent if that took too long or was too much
     */
    byte[] list(EngineReader.Read read, Path directory)
        throws IOException, BadComponent, InterruptedException;
  }

  public EngineDiscovery(EnginePlaces places, EngineReader reader, Lister lister) {
    this.places = places;
    this.reader = reader;
    this.lister = lister;
  }

  /** What is known of a component so far. */
  private record Known(EngineReader.Read read, List<EngineDescription> engines, String problem) {}

  /**
   * Looks.
   *
   * @param found told what there is without waiting for any program, and, if programs had to be
   *     waited for, once more at the end
   */
  public void look(Consumer<EngineCatalogue> found) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    Map<String, Known> known = new LinkedHashMap<>();
    List<EngineReader.Read> waiting = new ArrayList<>();
    for (Path file : files(problems)) {
      try {
        EngineReader.Read read = reader.read(file);
        if (known.containsKey(read.id())) {
          problems.add(file + ": another component is called " + read.id());
          continue;
        }
        known.put(read.id(), first(read, waiting));
      } catch (BadComponent e) {
        problems.add(file + ": " + e.getMessage());
      }
    }
    found.accept(catalogue(known, problems));
    if (!waiting.isEmpty()) {
      list(waiting).forEach(each -> known.put(each.read().id(), each));
      found.accept(catalogue(known, problems));
    }
  }

  private Known first(EngineReader.Read read, List<EngineReader.Read> waiting) {
    List<EngineDescription> engines = read.component().engines();
    if (read.component().lister().isEmpty() || !read.problem().isEmpty()) {
      return new Known(read, engines, read.problem());
    }
    Listing listing = new Listing(directory(read), places.home(read.id()), read);
    Known before = failed.get(listing.fingerprint());
    if (before != null) {
      return before;
    }
    Listing.Kept kept = listing.kept();
    if (!kept.fresh()) {
      waiting.add(read);
    }
    return new Known(read, together(engines, kept.engines()), "");
  }

  private static List<EngineDescription> together(
      List<EngineDescription> some, List<EngineDescription> more) {
    List<EngineDescription> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private Path directory(EngineReader.Read read) {
    return places.kept().resolve(read.id());
  }

  private List<Known> list(List<EngineReader.Read> waiting) throws InterruptedException {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Known> all = new ArrayList<>();
      for (var done : each.invokeAll(waiting.stream().map(this::task).toList())) {
        all.add(done.resultNow());
      }
      return all;
    }
  }

  private Callable<Known> task(EngineReader.Read read) {
    return () -> {
      List<EngineDescription> engines = read.component().engines();
      // What is in use goes on where a program fails to list it again.
      List<EngineDescription> last =
          together(
              engines, new Listing(directory(read), places.home(read.id()), read).kept().engines());
      try {
        Path directory = prepared(read);
        byte[] listed = lister.list(read, directory);
        List<EngineDescription> more = ComponentReader.engines(listed);
        new Listing(directory, places.home(read.id()), read).keep(listed);
        return new Known(read, together(engines, more), "");
      } catch (BadComponent e) {
        return failed(read, last, String.valueOf(e.getMessage()));
      } catch (IOException e) {
        return failed(read, last, FileErrors.words(e));
      }
    };
  }

  private Known failed(EngineReader.Read read, List<EngineDescription> last, String why) {
    Known known = new Known(read, last, "its list of engines: " + why);
    failed.put(new Listing(directory(read), places.home(read.id()), read).fingerprint(), known);
    return known;
  }

  private List<Path> files(List<String> problems) {
    List<Path> files = new ArrayList<>();
    for (Path root : places.components()) {
      List<Path> here = new ArrayList<>();
      if (!Files.isDirectory(root)) {
        continue;
      }
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "*.xml")) {
        for (Path each : entries) {
          here.add(each);
          if (here.size() > MOST_COMPONENTS) {
            throw new IOException("more than " + MOST_COMPONENTS + " components");
          }
        }
        here.sort(null);
        files.addAll(here);
      } catch (IOException e) {
        problems.add(root + ": " + FileErrors.words(e));
      }
    }
    return files;
  }

  private EngineCatalogue catalogue(Map<String, Known> known, List<String> problems) {
    List<String> all = new ArrayList<>(problems);
    List<EngineCatalogue.Component> components = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Known each : known.values()) {
      List<PluginManifest.InputMethod> methods = methods(each, names, all);
      boolean said = methods.isEmpty() ? mayHaveEngines(each) : each.read().problem().isEmpty();
      if (!each.problem().isEmpty() && said) {
        all.add(each.read().file() + ": " + each.problem());
      }
      if (!methods.isEmpty()) {
        components.add(component(each, methods));
      }
    }
    return new EngineCatalogue(components, all);
  }

  /** Those without are IBus's own: panels and stores of settings. */
  private static boolean mayHaveEngines(Known known) {
    return !known.read().component().lister().isEmpty()
        || !known.read().component().engines().isEmpty();
  }

  private static List<PluginManifest.InputMethod> methods(
      Known known, Set<String> names, List<String> problems) {
    List<PluginManifest.InputMethod> methods = new ArrayList<>();
    for (EngineDescription engine : known.engines()) {
      if (!EngineManifests.isId(engine.name())) {
        problems.add(known.read().file() + ": no engine can be called like one of it");
      } else if (names.add(engine.name())) {
        methods.add(EngineManifests.method(engine));
      } else {
        problems.add(known.read().file() + ": another engine is called " + engine.name());
      }
    }
    return methods;
  }

  private EngineCatalogue.Component component(
      Known known, List<PluginManifest.InputMethod> methods) {
    EngineReader.Read read = known.read();
    if (!read.problem().isEmpty()) {
      return new EngineCatalogue.Component(read.id(), null, methods, read.problem());
    }
    try {
      Path copies = copied(read);
      return new EngineCatalogue.Component(
          read.id(), EngineManifests.manifest(read, methods, places, copies), methods, "");
    } catch (IOException e) {
      return new EngineCatalogue.Component(read.id(), null, methods, FileErrors.words(e));
    }
  }

  /** What was judged is what is shown, whatever becomes of the files. */
  private Path copied(EngineReader.Read read) throws IOException {
    Path copies = prepared(read).resolve("shown");
    Files.createDirectories(copies);
    write(copies.resolve("component.xml"), read.text());
    write(copies.resolve("profile.binpb"), read.profile().profile().toByteArray());
    // The broker of root runs plugins as another user.
    Files.setPosixFilePermissions(copies, PosixFilePermissions.fromString("rwxr-xr-x"));
    return copies;
  }

  private Path prepared(EngineReader.Read read) throws IOException {
    return Files.createDirectories(directory(read)).toRealPath();
  }

  private static void write(Path file, byte[] text) throws IOException {
    if (Files.exists(file)
        && Files.size(file) == text.length
        && Arrays.equals(HeldFile.read(file, text.length), text)) {
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, text);
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
