package org.keywarden.broker.plugin.upkeep;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.sandbox.FileErrors;

/**
 * Reads schemas of GSettings as packages install them ({@code *.gschema.xml}, {@code *.enums.xml};
 * gschema.dtd of GLib 2.74). There are no document types and no entities but XML's own; elements
 * that are not known are passed over. What a distribution overrides is not looked at.
 */
final class SchemaReader {
  private static final int LARGEST = 2 * 1024 * 1024;
  private static final int MOST_FILES = 2_048;
  private static final int MOST_KEYS = 1_024;
  private static final int MOST_CHOICES = 1_024;
  private static final int LONGEST = 16 * 1024;
  private static final int DEEPEST = 16;

  private final Set<String> wanted;
  private final Map<String, SettingSchema> schemas = new HashMap<>();
  private final Map<String, List<String>> enumerations = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  /** Keys whose choices are in an enumeration, perhaps in a file that is read later. */
  private final Map<SettingKey, String> enumerated = new HashMap<>();

  private SchemaReader(Set<String> wanted) {
    this.wanted = wanted;
  }

  /**
   * Looks for schemas in a directory, files in the order of their names.
   *
   * @return those wanted, by id
   * @throws Unfit if one is in no file that can be read; the message says which files cannot
   */
  static Map<String, SettingSchema> read(Path directory, Set<String> wanted) throws Unfit {
    SchemaReader reader = new SchemaReader(wanted);
    reader.readAll(directory);
    for (String each : wanted.stream().sorted().toList()) {
      if (!reader.schemas.containsKey(each)) {
        throw new Unfit(
            "its settings are not installed: no schema "
                + each
                + " in "
                + directory
                + (reader.problems.isEmpty()
                    ? ""
                    : " (" + String.join("; ", reader.problems) + ")"));
      }
    }
    Map<String, SettingSchema> found = new HashMap<>();
    for (SettingSchema each : reader.schemas.values()) {
      List<SettingKey> keys = each.keys().stream().map(reader::resolved).toList();
      found.put(each.id(), new SettingSchema(each.id(), each.path(), keys));
    }
    return found;
  }

  private void readAll(Path directory) throws Unfit {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, "*.{gschema,enums}.xml")) {
      for (Path each : entries) {
        files.add(each);
        if (files.size() > MOST_FILES) {
          throw new Unfit("more than " + MOST_FILES + " schemas in " + directory);
        }
      }
    } catch (IOException e) {
      throw new Unfit(FileErrors.words(e));
    }
    files.sort(null);
    for (Path each : files) {
      try {
        read(HeldFile.read(each, LARGEST));
      } catch (IOException e) {
        problems.add(FileErrors.words(e));
      } catch (XMLStreamException e) {
        var at = e.getLocation();
        problems.add(
            each.getFileName()
                + (at == null
                    ? " is no XML"
                    : " is no schema at line "
                        + at.getLineNumber()
                        + ", column "
                        + at.getColumnNumber()));
      }
    }
  }

  private void read(byte[] bytes) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader in = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
    while (in.hasNext()) {
      if (in.next() == XMLStreamConstants.START_ELEMENT) {
        switch (in.getLocalName()) {
          case "enum", "flags" -> enumeration(in);
          case "schema" -> schema(in);
          default -> {}
        }
      }
    }
  }

  private static String attribute(XMLStreamReader in, String name) {
    String value = in.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  private void enumeration(XMLStreamReader in) throws XMLStreamException {
    String id = attribute(in, "id");
    List<String> nicks = new ArrayList<>();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        if (in.getLocalName().equals("value")) {
          add(nicks, attribute(in, "nick"), MOST_CHOICES, in);
        }
        String ignored = text(in);
      }
    }
    enumerations.put(id, nicks);
  }

  private static <T> void add(List<T> all, T one, int most, XMLStreamReader in)
      throws XMLStreamException {
    if (all.size() == most) {
      throw new XMLStreamException("too many", in.getLocation());
    }
    all.add(one);
  }

  private void schema(XMLStreamReader in) throws XMLStreamException {
    String id = attribute(in, "id");
    String path = attribute(in, "path");
    List<SettingKey> keys = new ArrayList<>();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        if (wanted.contains(id) && in.getLocalName().equals("key")) {
          add(keys, key(in), MOST_KEYS, in);
        } else {
          String ignored = text(in);
        }
      }
    }
    if (wanted.contains(id)) {
      schemas.putIfAbsent(id, new SettingSchema(id, path, keys));
    }
  }

  private SettingKey key(XMLStreamReader in) throws XMLStreamException {
    String name = attribute(in, "name");
    String type = attribute(in, "type");
    String enumeration = attribute(in, "enum");
    Map<String, String> texts = new HashMap<>();
    List<String> choices = new ArrayList<>();
    String minimum = "";
    String maximum = "";
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        switch (in.getLocalName()) {
          case "range" -> {
            minimum = attribute(in, "min");
            maximum = attribute(in, "max");
            String ignored = text(in);
          }
          case "choices" -> choices(in, choices);
          default -> texts.put(in.getLocalName(), text(in));
        }
      }
    }
    SettingKey key =
        new SettingKey(
            name,
            enumeration.isEmpty() ? (type.isEmpty() ? "as" : type) : "s",
            choices,
            minimum,
            maximum,
            texts.getOrDefault("default", ""),
            plain(texts, "summary"),
            plain(texts, "description"));
    if (!enumeration.isEmpty()) {
      enumerated.put(key, enumeration);
    }
    return key;
  }

  private static String plain(Map<String, String> texts, String name) {
    return texts.getOrDefault(name, "").replaceAll("\\s+", " ");
  }

  private static void choices(XMLStreamReader in, List<String> choices) throws XMLStreamException {
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        add(choices, attribute(in, "value"), MOST_CHOICES, in);
        String ignored = text(in);
      }
    }
  }

  private SettingKey resolved(SettingKey key) {
    List<String> nicks = enumerations.getOrDefault(enumerated.getOrDefault(key, ""), List.of());
    return nicks.isEmpty()
        ? key
        : new SettingKey(
            key.name(),
            key.type(),
            nicks,
            key.minimum(),
            key.maximum(),
            key.original(),
            key.summary(),
            key.description());
  }

  /** The text of the element begun, to its end, without that of elements in it. */
  private static String text(XMLStreamReader in) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      switch (in.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth == 1) {
            text.append(in.getText());
          }
        }
        default -> {}
      }
      if (depth > DEEPEST || text.length() > LONGEST) {
        throw new XMLStreamException("too much", in.getLocation());
      }
    }
    return text.toString().strip();
  }
}
