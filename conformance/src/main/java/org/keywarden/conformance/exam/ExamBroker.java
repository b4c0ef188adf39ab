package org.keywarden.conformance.exam;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keywarden.client.channel.UnixChannels;
import org.keywarden.client.process.BrokerCommand;
import org.keywarden.client.process.BrokerProcess;
import org.keywarden.conformance.Application;
import org.keywarden.conformance.Await;
import org.keywarden.conformance.Unsettled;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.audit.v1.ActionRefusal;
import org.keywarden.proto.audit.v1.AuditServiceGrpc;
import org.keywarden.proto.audit.v1.Entry;
import org.keywarden.proto.audit.v1.GetCheckpointRequest;
import org.keywarden.proto.audit.v1.QueryRequest;
import org.keywarden.proto.audit.v1.QueryResponse;
import org.keywarden.proto.audit.v1.Record;

/** A broker of the examination's own, with the candidate and nothing else. */
final class ExamBroker implements AutoCloseable {
  /** Longer than a key may take, so that it is seen how long it takes. */
  static final Duration ANSWER = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration SETTLED = Duration.ofSeconds(30);

  private final BrokerProcess process;
  private final Path runtime;
  private final UnixChannels channels = new UnixChannels();
  private final AdminServiceGrpc.AdminServiceBlockingStub admin;
  private final AuditServiceGrpc.AuditServiceBlockingStub audit;
  private String plugin = "";

  private ExamBroker(BrokerProcess process, Path runtime) {
    this.process = process;
    this.runtime = runtime;
    Path socket = runtime.resolve("admin.sock");
    this.admin = AdminServiceGrpc.newBlockingStub(channels.to(socket));
    this.audit = AuditServiceGrpc.newBlockingStub(channels.to(socket));
  }

  /**
   * Starts one.
   *
   * @param work a directory of the caller's
   * @throws IOException if the broker does not start
   */
  static ExamBroker start(Path dist, Path work, Candidate candidate)
      throws IOException, InterruptedException {
    Path runtime = Files.createTempDirectory("kx");
    Path plugins = Files.createDirectories(work.resolve("plugins"));
    Path configuration = work.resolve("config");
    if (candidate.directory() == null) {
      enable(dist, configuration, candidate.id());
    } else {
      Files.createSymbolicLink(plugins.resolve("candidate"), candidate.directory());
    }
    List<String> options =
        List.of(
            "--runtime-dir",
            runtime.toString(),
            "--state-dir",
            work.resolve("state").toString(),
            "--config-dir",
            configuration.resolve("keywarden").toString(),
            "--plugins",
            plugins.toString(),
            "--ime",
            candidate.id(),
            "--answer-within",
            Long.toString(ANSWER.toMillis()));
    BrokerProcess process =
        BrokerProcess.start(BrokerCommand.of(dist).with(options), work.resolve("broker.log"));
    ExamBroker broker = new ExamBroker(process, runtime);
    boolean ready = false;
    try {
      process.awaitReady(START);
      ready = true;
      return broker;
    } finally {
      if (!ready) {
        broker.close();
      }
    }
  }

  /** Engines run if the user enabled them. */
  private static void enable(Path dist, Path configuration, String id)
      throws IOException, InterruptedException {
    Files.createDirectories(configuration);
    ProcessBuilder builder =
        new ProcessBuilder(
            BrokerCommand.of(dist).tool(List.of("arrange", dist.toString(), "+" + id)));
    builder.environment().put("XDG_CONFIG_HOME", configuration.toString());
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(said.strip());
    }
  }

  /** Selects the candidate and waits until it is registered. */
  void awaitReady(String id) throws Unsettled {
    Await.until(
        "input method " + id,
        SETTLED,
        () -> methods().anyMatch(each -> answersTo(each, id)),
        this::refusals);
    InputMethod method = methods().filter(each -> answersTo(each, id)).findFirst().orElseThrow();
    plugin = method.getPluginId();
    var ignored =
        admin()
            .selectPlugin(
                SelectPluginRequest.newBuilder()
                    .setPluginId(plugin)
                    .setInputMethod(method.getInputMethod())
                    .build());
    awaitReady();
  }

  /** Waits until a process of the candidate is registered. */
  void awaitReady() throws Unsettled {
    Await.until(
        "registration",
        SETTLED,
        () -> {
          PluginState state = plugin().getState();
          if (state == PluginState.PLUGIN_STATE_REFUSED
              || state == PluginState.PLUGIN_STATE_QUARANTINED) {
            throw new Unsettled(words(state) + ": " + plugin().getProblem());
          }
          return state == PluginState.PLUGIN_STATE_READY;
        },
        () -> words(plugin().getState()));
  }

  private static String words(PluginState state) {
    return state.name().replace("PLUGIN_STATE_", "").toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean answersTo(InputMethod method, String id) {
    return method.getId().equals(id) || method.getPluginId().equals(id);
  }

  private Stream<InputMethod> methods() {
    return admin()
        .listInputMethods(ListInputMethodsRequest.getDefaultInstance())
        .getInputMethodsList()
        .stream();
  }

  private String refusals() {
    return String.join(
        "; ",
        admin().listPlugins(ListPluginsRequest.getDefaultInstance()).getPluginsList().stream()
            .map(Plugin::getProblem)
            .toList());
  }

  private AdminServiceGrpc.AdminServiceBlockingStub admin() {
    return admin.withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  Plugin plugin() {
    return admin().listPlugins(ListPluginsRequest.getDefaultInstance()).getPluginsList().stream()
        .filter(each -> each.getId().equals(plugin))
        .findFirst()
        .orElse(Plugin.getDefaultInstance());
  }

  Application application() throws Unsettled {
    Application application = new Application(runtime.resolve("host.sock"), "examination");
    application.awaitAttached();
    return application;
  }

  /** What the candidate did and had no effect, as the grant log counts it. */
  Map<ActionRefusal, Long> refused() throws Unsettled {
    settle();
    Map<ActionRefusal, Long> counts = new EnumMap<>(ActionRefusal.class);
    for (Record record : records(Record.EventCase.ACTIONS_REFUSED)) {
      counts.merge(
          record.getActionsRefused().getRefusal(),
          record.getActionsRefused().getCount(),
          Long::sum);
    }
    return counts;
  }

  List<Record> records(Record.EventCase kind) {
    List<Record> records = new ArrayList<>();
    Iterator<QueryResponse> pages =
        audit
            .withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
            .query(QueryRequest.newBuilder().addKinds(kind.getNumber()).build());
    while (pages.hasNext()) {
      pages.next().getEntriesList().stream().map(Entry::getRecord).forEach(records::add);
    }
    return records;
  }

  /** Waits until what happened so far is under the log's checkpoint: what is counted comes late. */
  private void settle() throws Unsettled {
    for (int i = 0; i < 2; i++) {
      long before = size();
      var ignored = admin().reloadPolicy(ReloadPolicyRequest.getDefaultInstance());
      Await.until("checkpoint", Await.PATIENCE, () -> size() > before, () -> "none");
    }
  }

  private long size() {
    return audit
        .withDeadlineAfter(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .getCheckpoint(GetCheckpointRequest.getDefaultInstance())
        .getSize();
  }

  /** The candidate's processes, without what holds them in the sandbox. */
  List<ProcessHandle> processes() {
    long pid = plugin().getPid();
    return ProcessHandle.of(pid).stream()
        .flatMap(top -> Stream.concat(Stream.of(top), top.descendants()))
        .filter(each -> !BrokerProcess.commandLine(each).split("\0", 2)[0].endsWith("bwrap"))
        .toList();
  }

  /** Whether every process that the broker started is over, once the broker is. */
  boolean stop() throws Unsettled {
    List<ProcessHandle> all = process.descendants();
    channels.close();
    process.stop(STOP);
    Await.until(
        "end of its processes",
        STOP,
        () -> all.stream().noneMatch(ProcessHandle::isAlive),
        () -> "some run on");
    return true;
  }

  @Override
  public void close() {
    channels.close();
    process.stop(STOP);
    removeTree(runtime);
  }

  static void removeTree(@Nullable Path directory) {
    if (directory == null) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
