package org.keywarden.proto.yaml;

import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.representer.Representer;

/**
 * Parses one plain YAML document into nodes.
 *
 * <p>The events are checked before any node is built: no anchors or aliases (they make a small file
 * a large one), no tags, one document, bounded depth.
 */
final class Document {
  private static final int MAX_DEPTH = 16;

  private final SourceText source;
  private final String fileName;

  Document(SourceText source, String fileName) {
    this.source = source;
    this.fileName = fileName;
  }

  /** The root node; null if the file has nothing but comments. */
  @Nullable Node parse() throws InvalidYaml {
    try {
      checkEvents();
      return yaml().compose(new StringReader(source.asString()));
    } catch (MarkedYAMLException e) {
      throw problem(e.getProblemMark(), explain(e));
    } catch (ReaderException e) {
      Position at = source.position(Math.min(e.getPosition(), source.length()));
      String what =
          String.format("the character U+%04X is not allowed; remove it", e.getCodePoint());
      throw new InvalidYaml(fileName, List.of(new Problem(at.line(), at.column(), what)));
    } catch (YAMLException e) {
      throw problem(null, "not YAML: " + e.getMessage());
    }
  }

  private void checkEvents() throws InvalidYaml {
    int depth = 0;
    int documents = 0;
    for (Event event : yaml().parse(new StringReader(source.asString()))) {
      switch (event) {
        case DocumentStartEvent start -> {
          if (++documents > 1) {
            throw problem(start.getStartMark(), "a second document starts here; keep only one");
          }
        }
        case CollectionStartEvent start -> {
          refuseTag(start, start.getTag());
          if (++depth > MAX_DEPTH) {
            throw problem(start.getStartMark(), "nested deeper than " + MAX_DEPTH + " levels");
          }
        }
        case CollectionEndEvent end -> depth--;
        case ScalarEvent scalar -> refuseTag(scalar, scalar.getTag());
        case AliasEvent alias ->
            throw problem(alias.getStartMark(), "aliases (*name) are not allowed; write it out");
        default -> {}
      }
    }
  }

  private void refuseTag(NodeEvent event, @Nullable String tag) throws InvalidYaml {
    if (event.getAnchor() != null) {
      throw problem(event.getStartMark(), "anchors (&name) are not allowed; remove it");
    }
    if (tag != null) {
      throw problem(event.getStartMark(), "tags (!name) are not allowed; remove it");
    }
  }

  private InvalidYaml problem(@Nullable Mark mark, String message) {
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1;
    return new InvalidYaml(fileName, List.of(new Problem(line, column, message)));
  }

  private static String explain(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    if (problem.contains("'\\t") || problem.contains("tab")) {
      return "a tab; indent with spaces";
    }
    return "not YAML: " + problem + (e.getContext() == null ? "" : " " + e.getContext());
  }

  private Yaml yaml() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(YamlMessages.MAX_BYTES);
    options.setMaxAliasesForCollections(0);
    options.setNestingDepthLimit(MAX_DEPTH + 1);
    options.setAllowDuplicateKeys(false);
    return new Yaml(
        new SafeConstructor(options),
        new Representer(new DumperOptions()),
        new DumperOptions(),
        options);
  }
}
