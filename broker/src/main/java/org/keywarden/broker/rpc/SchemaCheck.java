package org.keywarden.broker.rpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks messages against the constraints in their schema. Thread-safe. */
public final class SchemaCheck {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  /** In the message or in one inside it. */
  private static boolean hasUnknownFields(Message message) {
    if (!message.getUnknownFields().isEmpty()) {
      return true;
    }
    for (Map.Entry<FieldDescriptor, Object> each : message.getAllFields().entrySet()) {
      if (each.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        boolean unknown =
            each.getValue() instanceof Message inside
                ? hasUnknownFields(inside)
                : ((List<?>) each.getValue()).stream().anyMatch(i -> hasUnknownFields((Message) i));
        if (unknown) {
          return true;
        }
      }
    }
    return false;
  }

  /** Which fields break which rule, without their values; null if the message is good. */
  public @Nullable String problem(Message message) {
    if (hasUnknownFields(message)) {
      return "unknown fields";
    }
    try {
      ValidationResult result = validator.validate(message);
      if (result.isSuccess()) {
        return null;
      }
      return result.getViolations().stream()
          .map(
              violation ->
                  violation.toProto().getField().getElementsList().stream()
                          .map(FieldPathElement::getFieldName)
                          .collect(Collectors.joining("."))
                      + " breaks "
                      + violation.toProto().getRuleId())
          .collect(Collectors.joining(", "));
    } catch (ValidationException e) {
      throw new IllegalStateException("a constraint in the schema cannot be evaluated", e);
    }
  }
}
