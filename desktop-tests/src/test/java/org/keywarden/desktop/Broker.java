package org.keywarden.desktop;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.client.process.BrokerProcess;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.AllowApplicationRequest;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.Await;

/**
 * The installed broker as a session's input method, in its sandbox; it can be killed and started
 * again.
 */
final class Broker implements AutoCloseable {
  /**
   * Switches the input method: none that IBus's own panel takes on X11 before any application has
   * it, as it does Super+space.
   */
  static final String SWITCH_KEY = "Control+Alt+j";

  private final Desktop desktop;
  private final List<String> command;
  private final UnixChannels channels = new UnixChannels();
  private final ManagedChannel channel;
  private BrokerProcess process;

  private Broker(Desktop desktop, List<String> command, Path socket) throws IOException {
    this.desktop = desktop;
    this.command = command;
    this.channel = channels.to(socket);
    this.process = begin();
    Await.until("input method that is ready", this::allReady, () -> "not ready");
  }

  /** Starts one and waits until its input method and the trusted keyboard are ready. */
  static Broker start(Desktop desktop, Path dist, Path plugins, Path state) throws IOException {
    Path runtime = desktop.home().resolve("run/kw");
    List<String> command =
        BrokerCommand.of(dist)
            .with(
                List.of(
                    "--runtime-dir",
                    runtime.toString(),
                    "--state-dir",
                    state.toString(),
                    "--plugins",
                    plugins.toString(),
                    "--ime",
                    SampleIme.ID,
                    "--switch-key",
                    SWITCH_KEY,
                    // Whether an input method answers in time on a busy machine is not what is
                    // tested.
                    "--answer-within",
                    "10000",
                    "--desktop",
                    "yes"));
    return new Broker(desktop, command, runtime.resolve("admin.sock"));
  }

  private BrokerProcess begin() throws IOException {
    BrokerProcess begun =
        new BrokerProcess(desktop.run("broker", command), desktop.logs().resolve("broker.log"));
    begun.awaitReady(Await.PATIENCE);
    return begun;
  }

  private AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return AdminServiceGrpc.newBlockingStub(channel)
        .withWaitForReady()
        .withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private boolean allReady() {
    try {
      return status().getTrustedKeyboardReady()
          && admin().listPlugins(ListPluginsRequest.getDefaultInstance()).getPluginsList().stream()
              .allMatch(plugin -> plugin.getState() == PluginState.PLUGIN_STATE_READY);
    } catch (StatusRuntimeException gone) {
      // A connection to the broker before; the next call makes a new one.
      return false;
    }
  }

  GetStatusResponse status() {
    return admin().getStatus(GetStatusRequest.getDefaultInstance());
  }

  /** Whether the input method would get the next key. */
  boolean composes() {
    return status().getRoute() == Route.ROUTE_COMPOSING;
  }

  /** Waits until the trusted keyboard would get the next key. */
  void awaitGuarded() {
    Await.until("guarded field", () -> status().getRoute() == Route.ROUTE_GUARDED, () -> status());
  }

  /** Waits until the input method would get the next key. */
  void awaitComposing() {
    Await.until("input method that composes", this::composes, () -> status());
  }

  /** Lets an application that announces nothing use the input method from its next focus on. */
  void allow(String executable) {
    var unused =
        admin()
            .allowApplication(
                AllowApplicationRequest.newBuilder()
                    .setExecutable(executable)
                    .setAllowed(true)
                    .build());
  }

  /** Ends it with SIGKILL. */
  void kill() throws InterruptedException {
    process.kill();
    process.waitFor(Await.PATIENCE);
  }

  /** Waits until somebody else has ended it. */
  void awaitKilled() throws InterruptedException {
    if (!process.waitFor(Await.PATIENCE)) {
      throw new AssertionError("the broker was not ended");
    }
  }

  /** Ends it with SIGTERM. */
  void stop() throws InterruptedException {
    process.close();
  }

  /**
   * Starts it again after {@link #kill} or {@link #stop}. Its input method may not become ready
   * yet: it stands still from its start while the field that has the focus is guarded.
   */
  void startAgain() throws IOException {
    channel.resetConnectBackoff();
    process = begin();
  }

  @Override
  public void close() {
    channels.close();
    List<ProcessHandle> all = process.descendants();
    process.close();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
