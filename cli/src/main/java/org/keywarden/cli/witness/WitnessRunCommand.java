package org.keywarden.cli.witness;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.keywarden.audit.Malformed;
import org.keywarden.audit.note.NoteKey;
import org.keywarden.audit.signer.Ed25519Check;
import org.keywarden.audit.signer.Ed25519Signer;
import org.keywarden.audit.witness.Witness;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves as a witness until it is stopped. */
@Command(
    name = "run",
    description =
        "Serve as a witness over HTTP (C2SP tlog-witness), in the foreground: cosign checkpoints of"
            + " the given logs, each only if it extends the one before.",
    mixinStandardHelpOptions = true)
final class WitnessRunCommand implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Mixin private WitnessState state = new WitnessState();
  @Mixin private Output output = new Output();

  @Option(
      names = "--log",
      paramLabel = "KEY",
      description = "A log's verifier key, as keywarden audit key prints it; may be repeated.")
  private List<String> logs = List.of();

  @Option(
      names = "--logs",
      paramLabel = "FILE",
      description = "More of them, one per line; lines that begin with # are left out.")
  private @Nullable Path file;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS:PORT",
      description = "Where (default: ${DEFAULT-VALUE}; port 0 takes a free one).",
      defaultValue = "127.0.0.1:8711")
  private String listen = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<NoteKey> keys = keys();
    InetSocketAddress address = address(listen);
    try (Ed25519Signer signer = state.signer();
        var lock = state.files().lock("lock")) {
      Witness witness =
          new Witness(
              signer,
              keys,
              state.files(),
              new Ed25519Check(),
              () -> System.currentTimeMillis() / 1_000);
      try (WitnessServer server = serve(address, witness)) {
        say(
            "keywarden: witness ready at http://"
                + address.getHostString()
                + ":"
                + server.port()
                + " for "
                + keys.size()
                + (keys.size() == 1 ? " log" : " logs"));
        new CountDownLatch(1).await();
      }
    }
    return 0;
  }

  private WitnessServer serve(InetSocketAddress address, Witness witness) {
    try {
      return WitnessServer.start(address, WitnessServer.Limits.DEFAULT, witness, this::say);
    } catch (IOException e) {
      throw new Failure(
          Exit.UNAVAILABLE,
          "cannot listen on " + listen + ": " + e.getMessage() + "; choose another --listen");
    }
  }

  private void say(String line) {
    output.println(line);
  }

  private List<NoteKey> keys() throws IOException {
    List<String> texts = new ArrayList<>(logs);
    if (file != null) {
      for (String line : Files.readAllLines(file)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          texts.add(line.strip());
        }
      }
    }
    if (texts.isEmpty()) {
      throw new Failure(
          Exit.USAGE, "no log to witness: give --log KEY (keywarden audit key prints it)");
    }
    List<NoteKey> keys = new ArrayList<>();
    for (String text : texts) {
      try {
        keys.add(NoteKey.parse(text));
      } catch (Malformed e) {
        throw new Failure(Exit.USAGE, "--log: " + e.reason());
      }
    }
    return keys;
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= HIGHEST_PORT) {
        InetSocketAddress address =
            new InetSocketAddress(text.substring(0, colon).replaceAll("^\\[|]$", ""), port);
        if (!address.isUnresolved()) {
          return address;
        }
      }
    } catch (NumberFormatException e) {
      throw new Failure(Exit.USAGE, "--listen is ADDRESS:PORT, not " + text);
    }
    throw new Failure(Exit.USAGE, "--listen is ADDRESS:PORT, not " + text);
  }
}
