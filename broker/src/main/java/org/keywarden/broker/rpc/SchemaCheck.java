package org.keywarden.broker.rpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks messages against the constraints in their schema. Thread-safe. */
public final class SchemaCheck {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  /** Of each kind of message: its fields that hold messages, so that others are never looked at. */
  private final Map<Descriptor, List<FieldDescriptor>> nesting = new ConcurrentHashMap<>();

  /** In the message or in one inside it. */
  private boolean hasUnknownFields(Message message) {
    if (!message.getUnknownFields().isEmpty()) {
      return true;
    }
    for (FieldDescriptor field :
        nesting.computeIfAbsent(message.getDescriptorForType(), SchemaCheck::nested)) {
      if (field.isRepeated()) {
        for (int i = message.getRepeatedFieldCount(field) - 1; i >= 0; i--) {
          if (hasUnknownFields((Message) message.getRepeatedField(field, i))) {
            return true;
          }
        }
      } else if (message.hasField(field) && hasUnknownFields((Message) message.getField(field))) {
        return true;
      }
    }
    return false;
  }

  private static List<FieldDescriptor> nested(Descriptor kind) {
    return kind.getFields().stream()
        .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .toList();
  }

  /** Which fields break which rule, without their values; null if the message is good. */
  public @Nullable String problem(Message message) {
    if (PlainAnswer.is(message)) {
      return null;
    }
    return ruleBroken(message);
  }

  /** As {@link #problem}, by the schema's own rules in every case. */
  @Nullable String ruleBroken(Message message) {
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
