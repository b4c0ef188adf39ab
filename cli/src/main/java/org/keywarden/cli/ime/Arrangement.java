package org.keywarden.cli.ime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsResponse;

/** Which input methods are enabled, and in which order. */
final class Arrangement {
  private Arrangement() {}

  /**
   * Asks the broker for a change, or makes it in the user's file where no broker runs, and prints
   * what is so now.
   */
  static int ask(AdminClient broker, Output output, ArrangeInputMethodsRequest request)
      throws InterruptedException {
    ArrangeInputMethodsResponse done;
    try {
      done = broker.ask(stub -> stub.arrangeInputMethods(request));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
        throw e;
      }
      done = change(output, request);
    }
    if (output.json()) {
      output.print(done);
    } else if (done.getEnabledCount() == 0) {
      output.println("no input method is enabled");
    } else {
      output.println(
          "enabled, in the order of switching: " + String.join(" ", done.getEnabledList()));
    }
    return 0;
  }

  private static ArrangeInputMethodsResponse change(
      Output output, ArrangeInputMethodsRequest request) throws InterruptedException {
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    List<String> words = new ArrayList<>(List.of("arrange", launch.home().toString()));
    request.getEnableList().forEach(each -> words.add("+" + each));
    request.getDisableList().forEach(each -> words.add("-" + each));
    request.getFirstList().forEach(each -> words.add("=" + each));
    BrokerTool answer = BrokerTool.ask(launch, words);
    if (answer.status() != 0) {
      throw new Failure(
          Exit.UNAVAILABLE,
          answer.rows().isEmpty()
              ? "the change ended with status " + answer.status()
              : answer.rows().getFirst().getLast());
    }
    if (!output.json()) {
      those("unknown", answer)
          .forEach(
              each ->
                  output.println(
                      each + " is not known here; the broker looks for it when it starts"));
    }
    return ArrangeInputMethodsResponse.newBuilder().addAllEnabled(those("enabled", answer)).build();
  }

  private static List<String> those(String name, BrokerTool answer) {
    return answer.rows().stream()
        .filter(row -> row.getFirst().equals(name))
        .map(List::getLast)
        .toList();
  }
}
