package org.keywarden.ibus.component;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads components' files, and the lists of engines that some components' programs print. There are
 * no document types and no entities but XML's own; elements that are not known are passed over.
 */
public final class ComponentReader {
  /** The largest file or listing, in bytes; m17n lists some hundred engines in 200 KiB. */
  public static final int LARGEST = 2 * 1024 * 1024;

  private static final Set<String> KEPT =
      Set.of(
          "name",
          "exec",
          "longname",
          "language",
          "layout",
          "layout_variant",
          "symbol",
          "rank",
          "setup");

  private static final int MOST_ENGINES = 4_096;
  private static final int LONGEST = 4_096;
  private static final int DEEPEST = 16;
  private static final int MOST_OBSERVED = 64;

  private final XMLStreamReader in;
  private final Map<String, String> component = new HashMap<>();
  private final List<EngineDescription> engines = new ArrayList<>();
  private final List<String> observed = new ArrayList<>();
  private String lister = "";

  private ComponentReader(XMLStreamReader in) {
    this.in = in;
  }

  /** Reads a component's file. */
  public static Component component(byte[] file) throws BadComponent {
    ComponentReader reader = read(file, "component");
    String name = reader.component.getOrDefault("name", "");
    String exec = reader.component.getOrDefault("exec", "");
    if (name.isEmpty() || exec.isEmpty()) {
      throw new BadComponent("a component has no name, or nothing to start");
    }
    return new Component(name, exec, reader.engines, reader.lister, reader.observed);
  }

  /** Reads what a lister printed. */
  public static List<EngineDescription> engines(byte[] listing) throws BadComponent {
    return List.copyOf(read(listing, "engines").engines);
  }

  private static ComponentReader read(byte[] bytes, String root) throws BadComponent {
    if (bytes.length > LARGEST) {
      throw new BadComponent("larger than " + LARGEST / 1024 + " KiB");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      int from = declaration(bytes);
      XMLStreamReader in =
          factory.createXMLStreamReader(
              new ByteArrayInputStream(bytes, from, bytes.length - from), "UTF-8");
      ComponentReader reader = new ComponentReader(in);
      in.nextTag();
      if (!in.getLocalName().equals(root)) {
        throw new BadComponent("no <" + root + "> but <" + in.getLocalName() + ">");
      }
      if (root.equals("engines")) {
        reader.readEngines();
      } else {
        reader.readComponent();
      }
      return reader;
    } catch (XMLStreamException e) {
      var at = e.getLocation();
      throw new BadComponent(
          at == null
              ? "no XML"
              : "no XML at line " + at.getLineNumber() + ", column " + at.getColumnNumber());
    }
  }

  /**
   * Where a declaration at the beginning ends. IBus does not look at what it says, and one of
   * Debian's (ibus-sunpinyin 2.0.3) is broken; text is always UTF-8.
   */
  private static int declaration(byte[] bytes) {
    String begin =
        new String(bytes, 0, Math.min(bytes.length, LONGEST), StandardCharsets.ISO_8859_1);
    int end = begin.indexOf("?>");
    return begin.startsWith("<?xml") && end > 0 ? end + 2 : 0;
  }

  private void readComponent() throws XMLStreamException, BadComponent {
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        if (in.getLocalName().equals("engines")) {
          String exec = in.getAttributeValue(null, "exec");
          lister = exec == null ? "" : exec.strip();
          readEngines();
        } else if (in.getLocalName().equals("observed-paths")) {
          readObserved();
        } else {
          keep(component);
        }
      }
    }
  }

  private void readObserved() throws XMLStreamException, BadComponent {
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        if (observed.size() == MOST_OBSERVED) {
          throw new BadComponent("more than " + MOST_OBSERVED + " observed paths");
        }
        observed.add(text());
      }
    }
  }

  private void readEngines() throws XMLStreamException, BadComponent {
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        if (in.getLocalName().equals("engine")) {
          readEngine();
        } else {
          String ignored = text();
        }
      }
    }
  }

  private void readEngine() throws XMLStreamException, BadComponent {
    Map<String, String> members = new HashMap<>();
    while (in.next() != XMLStreamConstants.END_ELEMENT) {
      if (in.isStartElement()) {
        keep(members);
      }
    }
    if (engines.size() == MOST_ENGINES) {
      throw new BadComponent("more than " + MOST_ENGINES + " engines");
    }
    String name = members.getOrDefault("name", "");
    if (name.isEmpty()) {
      throw new BadComponent("an engine has no name");
    }
    engines.add(
        new EngineDescription(
            name,
            members.getOrDefault("longname", name),
            members.getOrDefault("language", ""),
            members.getOrDefault("layout", ""),
            members.getOrDefault("layout_variant", ""),
            members.getOrDefault("symbol", ""),
            rank(members.getOrDefault("rank", "0")),
            members.getOrDefault("setup", "")));
  }

  private static int rank(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Keeps the text of the element begun, if it is one that matters. */
  private void keep(Map<String, String> into) throws XMLStreamException, BadComponent {
    String name = in.getLocalName();
    String text = text();
    if (KEPT.contains(name)) {
      if (text.length() > LONGEST) {
        throw new BadComponent(
            "the text of <" + name + "> is longer than " + LONGEST + " characters");
      }
      into.put(name, text);
    }
  }

  /** The text of the element begun, without that of elements in it. */
  private String text() throws XMLStreamException, BadComponent {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    while (depth > 0) {
      int event = in.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > DEEPEST) {
            throw new BadComponent("elements nest deeper than " + DEEPEST);
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (depth == 1) {
            text.append(in.getText());
          }
        }
        default -> {}
      }
    }
    return text.toString().strip();
  }
}
