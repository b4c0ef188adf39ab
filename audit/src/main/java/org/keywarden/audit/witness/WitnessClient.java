package org.keywarden.audit.witness;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.SignedNote;

/** Speaks to witnesses over HTTP; one that is slow, or says more than a witness does, is left. */
public final class WitnessClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST = 1 << 16;

  private final Duration patience;
  private final HttpClient http;

  public WitnessClient() {
    this(PATIENCE);
  }

  /**
   * @param patience for a whole answer
   */
  WitnessClient(Duration patience) {
    this.patience = patience;
    this.http =
        HttpClient.newBuilder()
            .connectTimeout(patience)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  /**
   * Asks a witness for its cosignature.
   *
   * @param prefix its submission prefix
   * @throws IOException if it cannot be reached or answers what no witness says
   */
  public Answer add(URI prefix, AddCheckpoint request) throws IOException {
    HttpRequest post =
        HttpRequest.newBuilder(URI.create(prefix + "/add-checkpoint"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(request.encode()))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answered =
        http.sendAsync(
            post,
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LONGEST));
    try {
      HttpResponse<byte[]> response = answered.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return read(response.statusCode(), response.body(), request.checkpoint());
    } catch (ExecutionException e) {
      throw new IOException(why(prefix, e.getCause()), e);
    } catch (TimeoutException e) {
      answered.cancel(true);
      throw new IOException("no whole answer within " + patience.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String why(URI prefix, @Nullable Throwable failure) {
    return switch (failure) {
      case null -> "its answer cannot be read";
      case ConnectException nobody -> "nobody answers at " + prefix;
      default -> "its answer cannot be read: " + failure.getMessage();
    };
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
    http.shutdownNow();
  }
}
