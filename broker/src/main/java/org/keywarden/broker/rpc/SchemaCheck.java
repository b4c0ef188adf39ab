package org.keywarden.broker.rpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks messages against the constraints in their schema. Thread-safe. */
public final class SchemaCheck {
  private final Validator validator = ValidatorFactory.newBuilder().build();

  /** Which fields break which rule, without their values; null if the message is good. */
  public @Nullable String problem(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
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
