package org.keywarden.cli.ime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Have input methods to switch between. */
@Command(
    name = "enable",
    description = "Have input methods to switch between.",
    mixinStandardHelpOptions = true)
final class ImeEnableCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "ID",
      arity = "1..*",
      completionCandidates = ImeIds.class,
      description = "Their ids, as 'keywarden ime list --all' shows them.")
  private List<String> ids = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    return Arrangement.ask(
        broker, output, ArrangeInputMethodsRequest.newBuilder().addAllEnable(ids).build());
  }
}
