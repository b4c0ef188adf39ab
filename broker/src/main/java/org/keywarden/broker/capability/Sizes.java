package org.keywarden.broker.capability;

/** Argument checks of byte strings; the errors give sizes, never contents. */
final class Sizes {
  private Sizes() {}

  static void requireExactly(String what, int size, byte[] bytes) {
    if (bytes.length != size) {
      throw new IllegalArgumentException(
          what + " has " + bytes.length + " bytes, expected " + size);
    }
  }
}
