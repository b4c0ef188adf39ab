package org.keywarden.proto.yaml;

import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Finds the characters of a scalar's value in the file.
 *
 * <p>Folding, indentation and escapes put the value's characters elsewhere than at the scalar's
 * start plus an offset. Only white space is added or taken away by folding, so the others are
 * followed one by one.
 */
final class ScalarText {
  private final SourceText source;
  private final int start;
  private final int end;
  private final ScalarStyle style;
  private final String value;

  ScalarText(SourceText source, ScalarNode node) {
    this.source = source;
    this.start = node.getStartMark().getIndex();
    this.end = Math.min(node.getEndMark().getIndex(), source.length());
    this.style = node.getScalarStyle();
    this.value = node.getValue();
  }

  /**
   * The place of the value's code point at this index; of the next one that is not white space, if
   * that is; of the scalar's start, if the value cannot be followed that far.
   */
  Position position(int codePointIndex) {
    int[] wanted = value.codePoints().toArray();
    int at = contentStart();
    int target = Math.min(codePointIndex, wanted.length - 1);
    while (target >= 0 && target < wanted.length && Character.isWhitespace(wanted[target])) {
      target++;
    }
    if (target < 0 || target >= wanted.length) {
      return source.position(start);
    }
    for (int i = 0; i <= target; i++) {
      if (Character.isWhitespace(wanted[i])) {
        continue;
      }
      at = find(at, wanted[i]);
      if (at < 0) {
        return source.position(start);
      }
      if (i == target) {
        return source.position(at);
      }
      at += style == ScalarStyle.SINGLE_QUOTED && wanted[i] == '\'' ? 2 : 1;
    }
    return source.position(start);
  }

  private int contentStart() {
    int at = start;
    if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
      while (at < end && !source.isLineEnd(at)) {
        at++;
      }
      return at + 1;
    }
    return style == ScalarStyle.PLAIN ? at : at + 1;
  }

  /**
   * The index of this code point at or after another, over white space; -1 if something else is
   * there.
   */
  private int find(int from, int wanted) {
    int at = from;
    while (at < end) {
      int c = source.at(at);
      if (c == '\\' && style == ScalarStyle.DOUBLE_QUOTED && at + 1 < end) {
        int escaped = source.at(at + 1);
        if (escaped == wanted && !Character.isLetterOrDigit(escaped)) {
          return at + 1;
        }
        if (!Character.isWhitespace(escaped) && "nrtevbfNLP_0".indexOf(escaped) < 0) {
          return -1;
        }
        at += 2;
      } else if (c == wanted) {
        return at;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return -1;
      }
    }
    return -1;
  }
}
