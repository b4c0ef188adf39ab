package org.keywarden.cli.ime;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an input method the one that composes. */
@Command(
    name = "use",
    description = "Compose with this input method from now on.",
    mixinStandardHelpOptions = true)
final class ImeUseCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "ID",
      completionCandidates = ImeIds.class,
      description = "Its id, as 'keywarden ime list' shows it.")
  private String id = "";

  @Override
  public Integer call() {
    InputMethod found = find();
    SelectPluginResponse done =
        broker.ask(
            stub ->
                stub.selectPlugin(
                    SelectPluginRequest.newBuilder()
                        .setPluginId(found.getPluginId())
                        .setInputMethod(found.getInputMethod())
                        .build()));
    if (output.json()) {
      output.print(done);
    } else {
      output.println("composing with " + id);
    }
    return 0;
  }

  private InputMethod find() {
    InputMethod found =
        broker
            .ask(stub -> stub.listInputMethods(ListInputMethodsRequest.getDefaultInstance()))
            .getInputMethodsList()
            .stream()
            .filter(each -> each.getId().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new Failure(
                        Exit.FAILED,
                        "there is no input method "
                            + id
                            + "; see what there is: keywarden ime list --all"));
    if (!found.getProblem().isEmpty()) {
      throw new Failure(Exit.FAILED, id + " cannot be used: " + found.getProblem());
    }
    // A plugin with a directory of its own needs no enabling: it has no engine's name.
    boolean isEngine = found.getId().equals(found.getInputMethod());
    if (isEngine && !found.getEnabled()) {
      throw new Failure(Exit.FAILED, id + " is not enabled; first: keywarden ime enable " + id);
    }
    return found;
  }
}
