package org.keywarden.proto.yaml;

/** A value that is not of its field's type; the message continues "the field ...". */
final class WrongScalar extends Exception {
  private static final long serialVersionUID = 1;

  WrongScalar(String message) {
    super(message);
  }
}
