package org.keywarden.proto.yaml;

import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a YAML file into a protobuf message, strictly: keys are the schema's field names, nothing
 * unknown is skipped, no value is converted, and the schema's constraints hold.
 *
 * <p>Messages, repeated fields, strings, booleans, numbers and enums are read; a schema with maps
 * or bytes is refused with {@link IllegalArgumentException}.
 */
public final class YamlMessages {
  /** The largest file, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256 * 1024;

  private static final int MOST_PROBLEMS = 100;

  /** Made on first use: it is costly and only these files need it. */
  private static final class Constraints {
    static final Validator VALIDATOR = ValidatorFactory.newBuilder().build();
  }

  private YamlMessages() {}

  /**
   * Merges the file into the builder, which is of no use after a failure.
   *
   * @param fileName for messages only
   * @throws InvalidYaml with every problem found, at most 100
   */
  public static YamlPositions read(String source, String fileName, Message.Builder into)
      throws InvalidYaml {
    if (source.length() > MAX_BYTES || source.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw tooLarge(fileName);
    }
    return read(SourceText.of(source), fileName, into);
  }

  /**
   * Like {@link #read(String, String, Message.Builder)}, of a file's bytes, which must be UTF-8.
   */
  public static YamlPositions read(byte[] source, String fileName, Message.Builder into)
      throws InvalidYaml {
    if (source.length > MAX_BYTES) {
      throw tooLarge(fileName);
    }
    return read(SourceText.decode(source, fileName), fileName, into);
  }

  /**
   * Like {@link #read(byte[], String, Message.Builder)}, without a look at the schema's
   * constraints: for a small process that reads what another one has checked. What checks them
   * takes 30 MB.
   */
  public static YamlPositions readChecked(byte[] source, String fileName, Message.Builder into)
      throws InvalidYaml {
    if (source.length > MAX_BYTES) {
      throw tooLarge(fileName);
    }
    SourceText text = SourceText.decode(source, fileName);
    MessageReader reader = new MessageReader(text);
    reader.readFile(new Document(text, fileName).parse(), into);
    return positions(reader, reader.problems(), fileName);
  }

  private static YamlPositions read(SourceText source, String fileName, Message.Builder into)
      throws InvalidYaml {
    MessageReader reader = new MessageReader(source);
    reader.readFile(new Document(source, fileName).parse(), into);
    List<Problem> problems = reader.problems();
    problems.addAll(
        new ConstraintCheck(Constraints.VALIDATOR, reader.positions(), reader.badPaths())
            .check(into.buildPartial()));
    return positions(reader, problems, fileName);
  }

  private static YamlPositions positions(
      MessageReader reader, List<Problem> problems, String fileName) throws InvalidYaml {
    if (!problems.isEmpty()) {
      problems.sort(Problem.IN_FILE_ORDER);
      throw new InvalidYaml(
          fileName, problems.subList(0, Math.min(MOST_PROBLEMS, problems.size())));
    }
    return reader.positions();
  }

  private static InvalidYaml tooLarge(String fileName) {
    return new InvalidYaml(
        fileName, List.of(new Problem(1, 1, "larger than " + MAX_BYTES / 1024 + " KiB")));
  }
}
