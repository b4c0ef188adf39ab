package org.keywarden.audit.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The vectors of transparency-dev/merkle give the verdicts they state. */
final class MerkleVectorsTest {
  private static final Path VECTORS = Path.of("src/test/resources/vectors/merkle/testdata");

  @TestFactory
  Stream<DynamicTest> inclusion() throws IOException {
    return cases(
        "inclusion",
        vector ->
            hashes(vector)
                .map(
                    proof ->
                        ProofCheck.inclusion(
                            number(vector, "leafIdx"),
                            number(vector, "treeSize"),
                            hash(vector, "leafHash"),
                            proof,
                            hash(vector, "root"))));
  }

  @TestFactory
  Stream<DynamicTest> subtreeInclusion() throws IOException {
    return cases(
        "subtreeinclusion",
        vector ->
            hashes(vector)
                .map(
                    proof ->
                        ProofCheck.subtreeInclusion(
                            number(vector, "leafIdx"),
                            number(vector, "start"),
                            number(vector, "end"),
                            hash(vector, "leafHash"),
                            proof,
                            hash(vector, "root"))));
  }

  @TestFactory
  Stream<DynamicTest> consistency() throws IOException {
    return cases(
        "consistency",
        vector ->
            hashes(vector)
                .map(
                    proof ->
                        ProofCheck.consistency(
                            number(vector, "size1"),
                            number(vector, "size2"),
                            hash(vector, "root1"),
                            proof,
                            hash(vector, "root2"))));
  }

  @TestFactory
  Stream<DynamicTest> subtreeConsistency() throws IOException {
    return cases(
        "subtreeconsistency",
        vector ->
            hashes(vector)
                .map(
                    proof ->
                        ProofCheck.subtreeConsistency(
                            number(vector, "start"),
                            number(vector, "end"),
                            number(vector, "size"),
                            hash(vector, "root1"),
                            proof,
                            hash(vector, "root2"))));
  }

  /** Judges a vector; empty if it holds bytes that are no hash, which no reader lets through. */
  private interface Judge {
    Optional<Boolean> judge(JsonObject vector);
  }

  private static Stream<DynamicTest> cases(String kind, Judge judge) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(VECTORS.resolve(kind))) {
      files = found.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    return files.stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    VECTORS.relativize(file).toString(), () -> check(read(file), judge)));
  }

  private static void check(JsonObject vector, Judge judge) {
    boolean accepted = judge.judge(vector).orElse(false);
    assertEquals(!vector.get("wantErr").getAsBoolean(), accepted, vector.toString());
  }

  private static JsonObject read(Path file) {
    try {
      return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Numbers of the vectors are unsigned; those beyond a long are beyond any tree. */
  private static long number(JsonObject vector, String name) {
    return vector.get(name).getAsBigInteger().longValue();
  }

  /** Text that is no hash becomes one of its own; no text becomes one that nothing else has. */
  private static Hash hash(JsonObject vector, String name) {
    String text = vector.get(name).getAsString();
    return read(vector.get(name))
        .orElseGet(
            () -> Rfc6962.leaf((text.isEmpty() ? name : text).getBytes(StandardCharsets.UTF_8)));
  }

  private static Optional<Hash> read(JsonElement element) {
    byte[] bytes =
        element.isJsonNull() ? new byte[0] : Base64.getDecoder().decode(element.getAsString());
    return bytes.length == Hash.BYTES ? Optional.of(Hash.of(bytes)) : Optional.empty();
  }

  private static Optional<List<Hash>> hashes(JsonObject vector) {
    List<Hash> proof = new ArrayList<>();
    JsonElement elements = vector.get("proof");
    if (!elements.isJsonNull()) {
      for (JsonElement element : elements.getAsJsonArray()) {
        Optional<Hash> hash = read(element);
        if (hash.isEmpty()) {
          return Optional.empty();
        }
        proof.add(hash.get());
      }
    }
    return Optional.of(proof);
  }
}
