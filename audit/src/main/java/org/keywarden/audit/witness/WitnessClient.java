package org.keywarden.audit.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.SignedNote;

/** Speaks to witnesses over HTTP. */
public final class WitnessClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 1 << 16;

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Asks a witness for its cosignature.
   *
   * @param prefix its submission prefix
   * @throws IOException if it cannot be reached or answers what no witness says
   */
  public Answer add(URI prefix, AddCheckpoint request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(prefix + "/add-checkpoint"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.encode()))
            .build();
    try {
      HttpResponse<InputStream> response =
          http.send(post, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        byte[] body = in.readNBytes(LONGEST);
        return read(response.statusCode(), body, request.checkpoint());
      }
    } catch (ConnectException e) {
      throw new IOException("nobody answers at " + prefix, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Answer read(int status, byte[] body, SignedNote checkpoint) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    return switch (status) {
      case 200 -> cosigned(text, checkpoint);
      case 400 -> new Answer.Unreadable("the witness cannot read the request");
      case 403 -> new Answer.NotSigned();
      case 404 -> new Answer.UnknownLog();
      case 409 -> new Answer.OtherSize(size(text));
      case 422 -> new Answer.Inconsistent();
      default -> throw new IOException("it answers with HTTP status " + status);
    };
  }

  /** The lines are read as those of a note, together with the checkpoint. */
  private static Answer cosigned(String lines, SignedNote checkpoint) throws IOException {
    try {
      SignedNote note =
          SignedNote.parse((checkpoint.text() + "\n" + lines).getBytes(StandardCharsets.UTF_8));
      if (note.text().equals(checkpoint.text())) {
        return new Answer.Cosigned(note.signatures());
      }
    } catch (Malformed e) {
      throw new IOException("its answer is no cosignature: " + e.reason(), e);
    }
    throw new IOException("its answer is no cosignature");
  }

  private static long size(String text) throws IOException {
    try {
      long size = Long.parseLong(text.stripTrailing());
      if (size >= 0 && text.equals(size + "\n")) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new IOException("its answer is no size", e);
    }
    throw new IOException("its answer is no size");
  }

  @Override
  public void close() {
    http.close();
  }
}
