package org.keywarden.cli.session;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.console.Text;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the keys of the focused field go, and why. */
@Command(
    name = "status",
    description = "Where keys go now, and why.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Option(
      names = "--follow",
      description =
          "Print a line now and after each change, for a desktop's bar; with --json as waybar takes"
              + " it.")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    if (follow) {
      new FollowedStatus(broker, line -> output.printOn(output.json() ? line.json() : line.text()))
          .run();
      return 0;
    }
    GetStatusResponse now =
        broker.ask(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(now);
      return 0;
    }
    output.table(
        List.of(),
        List.of(
            List.of("route", Text.plain(now.getRoute(), "ROUTE_")),
            List.of("application", now.getApplication()),
            List.of("decided by", now.getDecidedBy()),
            List.of("plugin", now.getSelectedPlugin()),
            List.of("grant", now.getGrant() == 0 ? "none" : Long.toUnsignedString(now.getGrant())),
            List.of("trusted keyboard", now.getTrustedKeyboardReady() ? "ready" : "not ready"),
            List.of("policy", HexFormat.of().formatHex(now.getPolicyDigest().toByteArray())),
            List.of(
                "grant log",
                now.getGrantLogProblem().isEmpty()
                    ? "written"
                    : "NOT written, no grants: " + now.getGrantLogProblem()),
            List.of("isolation", now.getIsolation()),
            List.of(
                "memory",
                now.getMemoryProtectionsCount() > 0 ? "closed to other programs" : "unknown"),
            List.of("accessibility", now.getAccessibility()),
            List.of("screen lock", ScreenLock.of(now)),
            List.of("session", SessionWords.of(now)),
            List.of("indicator", now.getIndicator().isEmpty() ? "none" : now.getIndicator()),
            List.of("pid", Long.toUnsignedString(now.getPid()))));
    return 0;
  }
}
