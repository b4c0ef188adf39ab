package org.keywarden.cli.session;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.broker.BrokerLaunch;
import org.keywarden.cli.broker.BrokerTool;
import org.keywarden.cli.console.Exit;
import org.keywarden.cli.console.Failure;
import org.keywarden.cli.console.Output;
import org.keywarden.cli.setup.DoneSetup;
import org.keywarden.hardening.JvmOptions.Program;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is missing, of this machine and of this session, and what to do about it. */
@Command(
    name = "doctor",
    description =
        "Which protections this machine gives, whether this session types through Keywarden, and"
            + " what to do where not. Exits 1 if input methods cannot be isolated.",
    mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
  private static final List<String> FIELDS = List.of("name", "level", "found", "remedy");

  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Option(
      names = "--fix",
      description = "Write again what keywarden setup wrote and is not there any more.")
  private boolean fix;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (fix) {
      DoneSetup.read(System.getenv()).mend(output.json() ? line -> {} : output::println);
    }
    BrokerLaunch launch = BrokerLaunch.below(System.getProperty("keywarden.home"));
    BrokerTool answer = BrokerTool.ask(launch, List.of("doctor", launch.home().toString()));
    if (answer.rows().isEmpty()) {
      throw new Failure(Exit.UNAVAILABLE, "the examination ended with status " + answer.status());
    }
    List<List<String>> rows = new ArrayList<>(answer.rows());
    Optional<GetStatusResponse> now = status();
    rows.add(running(now));
    rows.addAll(
        new SessionCheck(
                Path.of("/"), System.getenv(), now, launch.installation().library(Program.BROKER))
            .rows());
    if (output.json()) {
      output.printJson(json(rows));
    } else {
      print(rows);
    }
    return answer.status();
  }

  private Optional<GetStatusResponse> status() {
    try {
      return Optional.of(broker.ask(stub -> stub.getStatus(GetStatusRequest.getDefaultInstance())));
    } catch (StatusRuntimeException none) {
      return Optional.empty();
    }
  }

  /** What the broker that runs says of itself, which may be of another version or installation. */
  private static List<String> running(Optional<GetStatusResponse> told) {
    String name = "running broker";
    if (told.isEmpty()) {
      return List.of(name, "PRESENT", "none runs, so there is nothing to say of it", "");
    }
    GetStatusResponse now = told.get();
    String which = "pid " + Long.toUnsignedString(now.getPid());
    if (now.getMemoryProtectionsCount() == 0) {
      return List.of(
          name,
          "ABSENT",
          which + " does not say that its memory is closed to other programs",
          "stop it, and start it again: keywarden run");
    }
    return List.of(
        name,
        "PRESENT",
        which
            + ", memory closed to other programs: "
            + String.join(", ", now.getMemoryProtectionsList())
            + "; trusted keyboard "
            + (now.getTrustedKeyboardReady() ? "ready" : "not ready")
            + "; isolation: "
            + now.getIsolation()
            + "; accessibility bus: "
            + now.getAccessibility()
            + "; screen lock: "
            + ScreenLock.of(now),
        "");
  }

  private void print(List<List<String>> rows) {
    List<List<String>> table = new ArrayList<>();
    for (List<String> row : rows) {
      table.add(List.of(mark(row.get(1)), row.get(0), row.get(2)));
      if (!row.get(3).isEmpty()) {
        table.add(List.of("", "", "-> " + row.get(3)));
      }
    }
    output.table(List.of(), table);
  }

  private static String mark(String level) {
    return level.equals("PRESENT") ? "ok" : level.toLowerCase(Locale.ROOT);
  }

  private static String json(List<List<String>> rows) {
    JsonArray all = new JsonArray();
    for (List<String> row : rows) {
      JsonObject one = new JsonObject();
      for (int i = 0; i < FIELDS.size(); i++) {
        one.addProperty(FIELDS.get(i), row.get(i));
      }
      all.add(one);
    }
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(all);
  }
}
