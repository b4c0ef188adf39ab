package org.keywarden.proto.yaml;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the constraints that stand in the schema and finds what breaks them in the file. */
final class ConstraintCheck {
  private final Validator validator;
  private final YamlPositions positions;
  private final Set<String> badPaths;

  /**
   * @param badPaths of values that could not be read, about which nothing more is to be said
   */
  ConstraintCheck(Validator validator, YamlPositions positions, Set<String> badPaths) {
    this.validator = validator;
    this.positions = positions;
    this.badPaths = badPaths;
  }

  List<Problem> check(Message message) {
    List<Problem> problems = new ArrayList<>();
    try {
      for (Violation violation : validator.validate(message).getViolations()) {
        build.buf.validate.Violation proto = violation.toProto();
        String path = path(proto.getField().getElementsList());
        if (badPaths.stream().noneMatch(bad -> concerns(path, bad))) {
          problems.add(problem(path, proto.getMessage()));
        }
      }
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "the constraints of " + message.getDescriptorForType().getFullName() + " are broken", e);
    }
    return problems;
  }

  private Problem problem(String path, String message) {
    Position at = positions.of(path);
    String name = path.substring(path.lastIndexOf('.') + 1);
    return positions.has(path)
        ? new Problem(at.line(), at.column(), name + ": " + message)
        : new Problem(at.line(), at.column(), name + " is missing (" + message + ")");
  }

  /** Whether one path is the other or lies around it. */
  private static boolean concerns(String path, String bad) {
    return bad.equals(path) || bad.startsWith(path + ".") || bad.startsWith(path + "[");
  }

  private static String path(List<FieldPathElement> elements) {
    StringBuilder path = new StringBuilder();
    for (FieldPathElement element : elements) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(element.getFieldName());
      if (element.hasIndex()) {
        path.append('[').append(element.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
