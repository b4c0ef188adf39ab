package org.keywarden.cli;

import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the keys of the focused field go, and why. */
@Command(
    name = "status",
    description = "Where keys go now, and why.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private PrintWriter out() {
    return java.util.Objects.requireNonNull(spec).commandLine().getOut();
  }

  @Override
  public Integer call() {
    GetStatusResponse now =
        broker.ask(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
    if (json) {
      Output.json(out(), now);
      return 0;
    }
    Output.table(
        out(),
        List.of(
            List.of("route", Output.plain(now.getRoute(), "ROUTE_")),
            List.of("application", now.getApplication()),
            List.of("decided by", now.getDecidedBy()),
            List.of("plugin", now.getSelectedPlugin()),
            List.of("grant", now.getGrant() == 0 ? "none" : Long.toUnsignedString(now.getGrant())),
            List.of("trusted keyboard", now.getTrustedKeyboardReady() ? "ready" : "not ready"),
            List.of("policy", HexFormat.of().formatHex(now.getPolicyDigest().toByteArray())),
            List.of("pid", Long.toUnsignedString(now.getPid()))));
    return 0;
  }
}
