package org.keywarden.broker.trusted;

import io.grpc.ServerServiceDefinition;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keywarden.broker.process.Confinement;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter;
import org.keywarden.broker.process.Supervisor;

/** The trusted keyboard's process. */
public final class TrustedCharge implements Supervisor.Charge {
  private final TrustedGateway gateway;
  private final List<String> command;
  private final Map<String, String> environment;
  private final Path log;
  private final List<Path> readable;

  /**
   * @param environment beside the socket
   * @param log for its output
   * @param readable what it may read
   */
  public TrustedCharge(
      TrustedGateway gateway,
      List<String> command,
      Map<String, String> environment,
      Path log,
      List<Path> readable) {
    this.gateway = gateway;
    this.command = List.copyOf(command);
    this.environment = Map.copyOf(environment);
    this.log = log;
    this.readable = List.copyOf(readable);
  }

  @Override
  public String label() {
    return "trusted keyboard";
  }

  @Override
  public boolean indispensable() {
    return true;
  }

  @Override
  public Launch launch(long instance, Path socket) {
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("KEYWARDEN_SOCKET", socket.toString());
    return new Launch(
        label(),
        command,
        all,
        Path.of("/"),
        log,
        new Confinement(readable, null, socket, Confinement.Limits.DEFAULT, Set.of()));
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
