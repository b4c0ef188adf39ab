package org.keywarden.conformance.puppet;

import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as they are, well-formed or not. */
public enum RawMessages implements MethodDescriptor.Marshaller<byte[]> {
  RAW;

  public static MethodDescriptor.Marshaller<byte[]> marshaller() {
    return RAW;
  }

  @Override
  public InputStream stream(byte[] message) {
    return new ByteArrayInputStream(message);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
