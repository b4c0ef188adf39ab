package org.keywarden.proto.yaml;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Walks nodes by a message's descriptor, collecting every problem. Used once, by one thread. */
final class MessageReader {
  private final SourceText source;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> badPaths = new HashSet<>();
  private final YamlPositions positions = new YamlPositions();

  MessageReader(SourceText source) {
    this.source = source;
  }

  List<Problem> problems() {
    return problems;
  }

  /** Paths of values that could not be read. */
  Set<String> badPaths() {
    return badPaths;
  }

  YamlPositions positions() {
    return positions;
  }

  void readFile(@Nullable Node root, Message.Builder into) {
    positions.put("", new Position(1, 1));
    if (root == null) {
      return;
    }
    if (root instanceof MappingNode mapping) {
      readMapping(mapping, "", into);
    } else {
      refuse(root, "", "the file must hold keys with values (key: value)");
    }
  }

  private void readMapping(MappingNode node, String path, Message.Builder into) {
    Map<String, Integer> seen = new HashMap<>();
    for (NodeTuple entry : node.getValue()) {
      Node keyNode = entry.getKeyNode();
      if (!(keyNode instanceof ScalarNode key)) {
        refuse(keyNode, path + ".?", "a key must be a word");
        continue;
      }
      FieldDescriptor field = into.getDescriptorForType().findFieldByName(key.getValue());
      Integer before = seen.putIfAbsent(key.getValue(), keyNode.getStartMark().getLine() + 1);
      if (field == null) {
        refuse(keyNode, path + ".?", unknownKey(key.getValue(), into));
      } else if (before != null) {
        refuse(
            keyNode, path + ".?", quote(key.getValue()) + " stands in line " + before + " already");
      } else {
        readField(entry.getValueNode(), join(path, field.getName()), field, into);
      }
    }
  }

  private void readField(Node value, String path, FieldDescriptor field, Message.Builder into) {
    positions.put(path, position(value));
    if (field.isMapField() || field.getJavaType() == FieldDescriptor.JavaType.BYTE_STRING) {
      throw new IllegalArgumentException(
          "field of a kind that is not read: " + field.getFullName());
    }
    if (value instanceof ScalarNode scalar
        && scalar.isPlain()
        && scalar.getTag().equals(Tag.NULL)) {
      refuse(value, path, field.getName() + " has no value; give one or leave the key out");
    } else if (field.isRepeated()) {
      readList(value, path, field, into);
    } else if (field.getContainingOneof() != null && into.hasOneof(field.getContainingOneof())) {
      refuse(
          value,
          path,
          "only one of " + names(field.getContainingOneof().getFields()) + " may stand here");
    } else {
      readValue(value, path, field, into).ifPresent(read -> into.setField(field, read));
    }
  }

  private void readList(Node value, String path, FieldDescriptor field, Message.Builder into) {
    if (!(value instanceof SequenceNode sequence)) {
      refuse(value, path, field.getName() + " must be a list (\"- entry\" or \"[entry]\")");
      return;
    }
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node entry = sequence.getValue().get(i);
      String entryPath = path + "[" + i + "]";
      positions.put(entryPath, position(entry));
      Optional<Object> read = readValue(entry, entryPath, field, into);
      // An entry that cannot be read is kept as an empty one where it can, so that the paths of
      // those after it stay true.
      if (read.isPresent()) {
        into.addRepeatedField(field, read.get());
      } else {
        into.addRepeatedField(field, placeholder(field, into));
      }
    }
  }

  private static Object placeholder(FieldDescriptor field, Message.Builder into) {
    return switch (field.getJavaType()) {
      case MESSAGE -> into.newBuilderForField(field).buildPartial();
      case ENUM -> field.getEnumType().getValues().get(0);
      case STRING -> "";
      case BOOLEAN -> false;
      case INT -> 0;
      case LONG -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case BYTE_STRING -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  private Optional<Object> readValue(
      Node value, String path, FieldDescriptor field, Message.Builder into) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (value instanceof MappingNode mapping) {
        Message.Builder inner = into.newBuilderForField(field);
        readMapping(mapping, path, inner);
        return Optional.of(inner.buildPartial());
      }
      refuse(value, path, field.getName() + " must hold keys with values (key: value)");
      return Optional.empty();
    }
    if (!(value instanceof ScalarNode scalar)) {
      refuse(value, path, field.getName() + " must be a single value");
      return Optional.empty();
    }
    try {
      Object read = ScalarReader.read(scalar, field);
      positions.putText(path, new ScalarText(source, scalar));
      return Optional.of(read);
    } catch (WrongScalar e) {
      refuse(value, path, field.getName() + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private void refuse(Node node, String path, String message) {
    Position at = position(node);
    badPaths.add(path);
    problems.add(new Problem(at.line(), at.column(), message));
  }

  private static String unknownKey(String key, Message.Builder into) {
    List<FieldDescriptor> fields = into.getDescriptorForType().getFields();
    List<String> known = fields.stream().map(FieldDescriptor::getName).toList();
    return Nearest.to(key, known)
        .map(near -> "unknown key " + quote(key) + "; did you mean \"" + near + "\"?")
        .orElse("unknown key " + quote(key) + "; known are " + names(fields));
  }

  private static String names(List<FieldDescriptor> fields) {
    return String.join(", ", fields.stream().map(FieldDescriptor::getName).toList());
  }

  static String quote(String text) {
    return text.codePointCount(0, text.length()) <= 40
        ? "\"" + text + "\""
        : "\"" + text.substring(0, text.offsetByCodePoints(0, 40)) + "...\"";
  }

  private static Position position(Node node) {
    return new Position(node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
