package org.keywarden.broker.plugin.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.broker.process.Launch;
import org.keywarden.broker.process.ProcessStarter.Identity;

/**
 * A plain child process: own environment and socket, no isolation. It is killed by the kernel when
 * the thread that started it ends (PR_SET_PDEATHSIG, set through util-linux's setpriv).
 */
final class PlainPreparation implements Preparation {
  private static final int MOST_GENERATIONS = 16;

  @Override
  public Prepared prepare(Launch launch, long number) {
    List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "--"));
    command.addAll(List.of("/bin/sh", "-c", "read -r go && exec \"$@\" 1>&2 </dev/null", "sh"));
    command.addAll(List.of("env", "-i"));
    launch.environment().forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(launch.command());
    return new Prepared(command, List.of(), List.of(), List.of());
  }

  @Override
  public Identity identify(long pid, BufferedReader report) throws IOException {
    return new Identity(pid, ProcFiles.startTime(pid), ProcFiles.namespace(pid, "pid"));
  }

  @Override
  public byte[] release() {
    return "go\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean wraps() {
    return false;
  }

  @Override
  public boolean owns(Identity identity, long pid) {
    try {
      if (ProcFiles.startTime(identity.pid()) != identity.startTime()) {
        return false;
      }
      long ancestor = pid;
      for (int i = 0; i < MOST_GENERATIONS && ancestor > 1; i++) {
        if (ancestor == identity.pid()) {
          return true;
        }
        ancestor = ProcFiles.parent(ancestor);
      }
    } catch (IOException gone) {
      return false;
    }
    return false;
  }
}
