package org.keywarden.broker.trusted;

import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;

/** The trusted keyboard's process. */
public final class TrustedCharge implements Supervisor.Charge {
  private final TrustedGateway gateway;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path directory;

  /**
   * @param environment beside the socket
   */
  public TrustedCharge(
      TrustedGateway gateway,
      List<String> command,
      Map<String, String> environment,
      Path directory) {
    this.gateway = gateway;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.directory = directory;
  }

  @Override
  public String label() {
    return "trusted keyboard";
  }

  @Override
  public Launch launch(long instance, Path socket) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("KEYWARDEN_SOCKET", socket.toString());
    return new Launch(label(), command, all, directory, directory.resolve("trusted-keyboard.log"));
  }

  @Override
  public List<ServerServiceDefinition> services(long instance, Path socket) {
    return List.of(gateway.bindService());
  }

  @Override
  public void started(long instance, ProcessStarter.Identity identity) {}

  @Override
  public void ended(long instance) {
    gateway.ended();
  }
}
