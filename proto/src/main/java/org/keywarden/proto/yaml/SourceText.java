package org.keywarden.proto.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The text of a file as code points, and where its lines are. */
final class SourceText {
  private final int[] codePoints;

  private SourceText(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /** A byte order mark at the start is not part of the text. */
  static SourceText of(String text) {
    int[] all = text.codePoints().toArray();
    boolean marked = all.length > 0 && all[0] == 0xFEFF;
    return new SourceText(marked ? Arrays.copyOfRange(all, 1, all.length) : all);
  }

  /** Strict UTF-8; a byte that does not belong is a problem at its place. */
  static SourceText decode(byte[] bytes, String fileName) throws InvalidYaml {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(in, out, true);
    SourceText text = of(out.flip().toString());
    if (result.isError()) {
      Position at = text.position(text.length());
      throw new InvalidYaml(
          fileName,
          List.of(new Problem(at.line(), at.column(), "not UTF-8; save the file as UTF-8")));
    }
    return text;
  }

  int length() {
    return codePoints.length;
  }

  int at(int index) {
    return codePoints[index];
  }

  String asString() {
    return new String(codePoints, 0, codePoints.length);
  }

  /** The place of a code point, by its index from 0 to {@link #length()}. */
  Position position(int index) {
    int line = 1;
    int start = 0;
    for (int i = 0; i < Math.min(index, codePoints.length); i++) {
      if (isLineEnd(i)) {
        line++;
        start = i + 1;
      }
    }
    return new Position(line, index - start + 1);
  }

  boolean isLineEnd(int index) {
    int c = codePoints[index];
    if (c == '\r') {
      return index + 1 == codePoints.length || codePoints[index + 1] != '\n';
    }
    return c == '\n';
  }
}
