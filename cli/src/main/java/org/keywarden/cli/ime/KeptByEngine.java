package org.keywarden.cli.ime;

import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.HoldPluginRequest;

/** Questions about what an engine keeps, where the running broker has it, or a next one will. */
final class KeptByEngine {
  /** For a plugin's process to end, and for a copy to be made. */
  private static final long HOLD_MINUTES = 30;

  private final AdminClient broker;
  private final BrokerLaunch launch;
  private final String state;

  KeptByEngine(AdminClient broker) {
    this.broker = broker;
    this.launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    this.state = state(broker);
  }

  private static String state(AdminClient broker) {
    try {
      return broker
          .ask(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()))
          .getStateDirectory();
    } catch (StatusRuntimeException e) {
      return whileNoneRuns(e);
    }
  }

  private static String whileNoneRuns(StatusRuntimeException e) {
    if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
      throw e;
    }
    return "";
  }

  /**
   * Asks.
   *
   * @return what it says, as rows without their first field, which is the kind
   * @throws Failure if it refuses, with the reason
   */
  List<List<String>> ask(String kind, String question, String id, List<String> more)
      throws InterruptedException {
    List<String> words = new ArrayList<>(List.of(question, launch.home().toString(), state, id));
    words.addAll(more);
    BrokerTool answer = BrokerTool.ask(launch, words);
    List<String> refusals = fields("refused", answer).stream().map(List::getFirst).toList();
    if (answer.status() != 0) {
      throw refusals.isEmpty()
          ? new Failure(Exit.UNAVAILABLE, question + " ended with status " + answer.status())
          : new Failure(Exit.FAILED, String.join(System.lineSeparator(), refusals));
    }
    return fields(kind, answer);
  }

  private static List<List<String>> fields(String kind, BrokerTool answer) {
    return answer.rows().stream()
        .filter(row -> row.getFirst().equals(kind))
        .map(row -> row.subList(1, row.size()))
        .toList();
  }

  /** Something that takes time and waits. */
  interface Work<T> {
    T done() throws InterruptedException;
  }

  /** Works while no process of a plugin runs: the broker, if one runs, ends it and waits. */
  <T> T whileDown(String plugin, Work<T> work) throws InterruptedException {
    Context.CancellableContext call = Context.current().withCancellation();
    Context before = call.attach();
    try {
      HoldPluginRequest request = HoldPluginRequest.newBuilder().setPluginId(plugin).build();
      return broker.ask(
          stub -> {
            var answers =
                stub.withDeadlineAfter(HOLD_MINUTES, TimeUnit.MINUTES).holdPlugin(request);
            try {
              boolean ignored = answers.hasNext();
            } catch (StatusRuntimeException e) {
              String none = whileNoneRuns(e);
            }
            return unchecked(work);
          });
    } catch (Interrupted e) {
      throw new InterruptedException();
    } finally {
      call.detach(before);
      call.cancel(null);
    }
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static <T> T unchecked(Work<T> work) {
    try {
      return work.done();
    } catch (InterruptedException e) {
      throw new Interrupted();
    }
  }
}
