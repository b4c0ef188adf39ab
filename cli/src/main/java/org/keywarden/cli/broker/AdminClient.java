package org.keywarden.cli.broker;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keywarden.cli.console.Failure;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import picocli.CommandLine.Option;

/** Where the broker listens, and calls to it. */
public final class AdminClient {
  /** How long a call may take. */
  public static final long CALL_SECONDS = 10;

  @Option(
      names = "--runtime-dir",
      paramLabel = "DIR",
      description = "The broker's runtime directory (default: $$XDG_RUNTIME_DIR/keywarden).")
  private @Nullable Path runtimeDirectory;

  /** One call to the broker. */
  public interface Call<T> {
    T on(AdminServiceGrpc.AdminServiceBlockingStub broker);
  }

  /**
   * Makes one call.
   *
   * @throws Failure if the runtime directory cannot be trusted
   * @throws io.grpc.StatusRuntimeException as the broker refuses
   */
  public <T> T ask(Call<T> call) {
    return follow(stub -> call.on(stub.withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS)));
  }

  /** As {@link #ask}, for a call that may last. */
  public <T> T follow(Call<T> call) {
    int uid = RuntimeDirectory.userId();
    Path socket =
        RuntimeDirectory.choose(runtimeDirectory, System.getenv(), Path.of("/tmp"), uid)
            .adminSocket(uid);
    try (UnixChannels channels = new UnixChannels()) {
      return call.on(AdminServiceGrpc.newBlockingStub(channels.to(socket)));
    }
  }
}
