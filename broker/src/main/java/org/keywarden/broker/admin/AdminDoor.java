package org.keywarden.broker.admin;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keywarden.broker.auditing.AuditTrail;
import org.keywarden.broker.auditing.RecentGrants;
import org.keywarden.broker.frontdoor.Applications;
import org.keywarden.broker.plugin.ChoicePace;
import org.keywarden.broker.plugin.Holds;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.broker.rpc.InputMessages;
import org.keywarden.broker.rpc.WireEnums;
import org.keywarden.broker.seat.SeatEvent;
import org.keywarden.broker.seat.SeatInbox;
import org.keywarden.broker.seat.SeatStatus;
import org.keywarden.policy.RoutePolicy;
import org.keywarden.proto.admin.v1.AdminServiceGrpc.AdminServiceImplBase;
import org.keywarden.proto.admin.v1.AllowApplicationRequest;
import org.keywarden.proto.admin.v1.AllowApplicationResponse;
import org.keywarden.proto.admin.v1.Application;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsResponse;
import org.keywarden.proto.admin.v1.FollowStatusRequest;
import org.keywarden.proto.admin.v1.FollowStatusResponse;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.admin.v1.HoldPluginRequest;
import org.keywarden.proto.admin.v1.HoldPluginResponse;
import org.keywarden.proto.admin.v1.KeepOutOfApplicationRequest;
import org.keywarden.proto.admin.v1.KeepOutOfApplicationResponse;
import org.keywarden.proto.admin.v1.ListApplicationsRequest;
import org.keywarden.proto.admin.v1.ListApplicationsResponse;
import org.keywarden.proto.admin.v1.ListGrantsRequest;
import org.keywarden.proto.admin.v1.ListGrantsResponse;
import org.keywarden.proto.admin.v1.ListInputMethodsRequest;
import org.keywarden.proto.admin.v1.ListInputMethodsResponse;
import org.keywarden.proto.admin.v1.ListPluginsRequest;
import org.keywarden.proto.admin.v1.ListPluginsResponse;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.ReloadPolicyResponse;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** Serves {@code AdminService}. */
public final class AdminDoor extends AdminServiceImplBase {
  private static final long COARSE = 10_000_000L;

  private final SeatInbox inbox;
  private final Supplier<SeatStatus> status;
  private final PluginRoster roster;
  private final List<String> refusedPlugins;
  private final RecentGrants grants;
  private final Applications applications;
  private final AuditTrail trail;
  private final PolicyFile policy;
  private final StatusAnswer answer;
  private final StatusFollowers followers;
  private final LastDecisions decisions;
  private final InputMethods methods;
  private final InputMethodAnswers answers;
  private final Holds holds;
  private final ChoicePace pace;
  private final Path stateDirectory;

  /** The policy in force and where it comes from. */
  public interface PolicyFile {
    RoutePolicy current();

    /**
     * Reads the file anew.
     *
     * @throws InvalidPolicy with file, line, column and reason
     */
    RoutePolicy reload() throws InvalidPolicy;
  }

  /** A policy that cannot be used; the message says where and why. */
  public static final class InvalidPolicy extends Exception {
    public InvalidPolicy(String message) {
      super(message);
    }
  }

  /**
   * @param refusedPlugins a line for each plugin whose manifest was refused
   * @param refresh looks for engines, then runs something on the seat's thread
   * @param pace of all that is chosen
   * @param stateDirectory where the broker and plugins keep what outlasts them
   */
  public AdminDoor(
      SeatInbox inbox,
      Supplier<SeatStatus> status,
      PluginRoster roster,
      List<String> refusedPlugins,
      RecentGrants grants,
      Applications applications,
      AuditTrail trail,
      PolicyFile policy,
      StatusAnswer answer,
      StatusFollowers followers,
      LastDecisions decisions,
      InputMethods methods,
      Consumer<Runnable> refresh,
      Holds holds,
      ChoicePace pace,
      Path stateDirectory) {
    this.inbox = inbox;
    this.status = status;
    this.roster = roster;
    this.refusedPlugins = List.copyOf(refusedPlugins);
    this.grants = grants;
    this.applications = applications;
    this.trail = trail;
    this.policy = policy;
    this.answer = answer;
    this.followers = followers;
    this.decisions = decisions;
    this.methods = methods;
    this.holds = holds;
    this.pace = pace;
    this.stateDirectory = stateDirectory;
    this.answers = new InputMethodAnswers(methods, roster, refresh);
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> response) {
    response.onNext(answer.now().toBuilder().setStateDirectory(stateDirectory.toString()).build());
    response.onCompleted();
  }

  @Override
  public void followStatus(
      FollowStatusRequest request, StreamObserver<FollowStatusResponse> response) {
    followers.add((ServerCallStreamObserver<FollowStatusResponse>) response);
  }

  @Override
  public void listPlugins(
      ListPluginsRequest request, StreamObserver<ListPluginsResponse> response) {
    String selected = status.get().selectedPlugin();
    ListPluginsResponse.Builder plugins = ListPluginsResponse.newBuilder();
    for (PluginRoster.Row row : roster.rows()) {
      plugins.addPlugins(
          Plugin.newBuilder()
              .setId(row.manifest().id())
              .setName(row.manifest().name())
              .setVersion(row.manifest().version())
              .addAllLanguages(row.manifest().facts().languages())
              .addAllRights(InputMessages.rights(row.manifest().facts().rights()))
              .setSelected(row.manifest().id().equals(selected))
              .setState(stateOf(roster, row))
              .setPid(row.pid())
              .setInstance(row.instance())
              .setStateDirectory(row.stateDirectory().toString())
              .setProblem(row.problem()));
    }
    for (String problem : refusedPlugins) {
      plugins.addPlugins(
          Plugin.newBuilder().setState(PluginState.PLUGIN_STATE_REFUSED).setProblem(problem));
    }
    response.onNext(plugins.build());
    response.onCompleted();
  }

  /** The state of a plugin, as it is told. */
  static PluginState stateOf(PluginRoster roster, PluginRoster.Row row) {
    return switch (row.state()) {
      case STOPPED -> PluginState.PLUGIN_STATE_STOPPED;
      case WAITING -> PluginState.PLUGIN_STATE_STARTING;
      case QUARANTINED -> PluginState.PLUGIN_STATE_QUARANTINED;
      case RUNNING ->
          roster.ready(row.instance())
              ? PluginState.PLUGIN_STATE_READY
              : PluginState.PLUGIN_STATE_STARTING;
    };
  }

  @Override
  public void listInputMethods(
      ListInputMethodsRequest request, StreamObserver<ListInputMethodsResponse> response) {
    answers.list(response);
  }

  @Override
  public void arrangeInputMethods(
      ArrangeInputMethodsRequest request, StreamObserver<ArrangeInputMethodsResponse> response) {
    if (mayChoose(response)) {
      answers.arrange(request, response);
    }
  }

  /** Refuses what would be one choice too many, before anything is done for it. */
  private boolean mayChoose(StreamObserver<?> response) {
    boolean may = pace.take();
    if (!may) {
      response.onError(
          Refusals.of(Reason.REASON_FLOODING, "more choices than a person makes; wait a little"));
    }
    return may;
  }

  @Override
  public void selectPlugin(
      SelectPluginRequest request, StreamObserver<SelectPluginResponse> response) {
    if (!mayChoose(response)) {
      return;
    }
    String plugin = request.getPluginId();
    String method = request.getInputMethod();
    if (!roster.knows(plugin) || !methods.choose(new InputMethods.Target(plugin, method))) {
      response.onError(
          Refusals.of(
              Reason.REASON_PLUGIN_UNKNOWN, "no plugin has this id, or the method is not enabled"));
      return;
    }
    roster.forgive(plugin);
    inbox.post(new SeatEvent.PluginSelected(plugin, method));
    response.onNext(SelectPluginResponse.getDefaultInstance());
    response.onCompleted();
  }

  @Override
  public void holdPlugin(HoldPluginRequest request, StreamObserver<HoldPluginResponse> response) {
    String plugin = request.getPluginId();
    var call = (ServerCallStreamObserver<HoldPluginResponse>) response;
    holds.hold(plugin);
    call.setOnCancelHandler(() -> holds.letGo(plugin));
    roster.forget(plugin);
    roster.rest(
        plugin,
        () -> {
          if (!call.isCancelled()) {
            call.onNext(HoldPluginResponse.getDefaultInstance());
          }
        });
  }

  @Override
  public void reloadPolicy(
      ReloadPolicyRequest request, StreamObserver<ReloadPolicyResponse> response) {
    if (!mayChoose(response)) {
      return;
    }
    try {
      RoutePolicy next = policy.reload();
      inbox.post(new SeatEvent.PolicyReplaced(next));
      response.onNext(
          ReloadPolicyResponse.newBuilder()
              .setPolicyDigest(ByteString.copyFrom(next.digest()))
              .build());
      response.onCompleted();
    } catch (InvalidPolicy e) {
      response.onError(Refusals.of(Reason.REASON_POLICY_INVALID, String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void listApplications(
      ListApplicationsRequest request, StreamObserver<ListApplicationsResponse> response) {
    Set<String> unseen = new LinkedHashSet<>(applications.allowed());
    unseen.addAll(applications.keptOut());
    ListApplicationsResponse.Builder list = ListApplicationsResponse.newBuilder();
    applications
        .seen()
        .forEach(
            (seen, announces) -> {
              unseen.remove(seen.executable());
              list.addApplications(application(seen, announces));
            });
    unseen.forEach(
        executable ->
            list.addApplications(
                Application.newBuilder()
                    .setExecutable(executable)
                    .setAllowed(applications.isAllowed(executable))
                    .setKeptOut(applications.isKeptOut(executable))));
    response.onNext(list.build());
    response.onCompleted();
  }

  private Application application(Applications.Seen seen, boolean announces) {
    Application.Builder application =
        Application.newBuilder()
            .setName(seen.name())
            .setExecutable(seen.executable())
            .setAnnounces(announces)
            .setAllowed(applications.isAllowed(seen.executable()))
            .setKeptOut(applications.isKeptOut(seen.executable()));
    decisions
        .of(seen.name())
        .ifPresent(
            last ->
                application
                    .setLastRoute(WireEnums.route(last.route()))
                    .setLastDecidedBy(last.by()));
    return application.build();
  }

  @Override
  public void allowApplication(
      AllowApplicationRequest request, StreamObserver<AllowApplicationResponse> response) {
    if (!mayChoose(response)) {
      return;
    }
    AllowApplicationResponse.Builder done = AllowApplicationResponse.newBuilder();
    try {
      applications.allow(request.getExecutable(), request.getAllowed());
    } catch (IOException e) {
      done.setProblem(String.valueOf(e.getMessage()));
    }
    // What could not be stored holds all the same until the broker ends.
    if (applications.isAllowed(request.getExecutable()) == request.getAllowed()) {
      trail.applicationAllowed(request.getExecutable(), request.getAllowed());
    }
    response.onNext(done.build());
    response.onCompleted();
  }

  @Override
  public void keepOutOfApplication(
      KeepOutOfApplicationRequest request, StreamObserver<KeepOutOfApplicationResponse> response) {
    KeepOutOfApplicationResponse.Builder done = KeepOutOfApplicationResponse.newBuilder();
    try {
      applications.keepOut(request.getExecutable(), request.getKeptOut());
    } catch (IOException e) {
      done.setProblem(String.valueOf(e.getMessage()));
    }
    response.onNext(done.build());
    response.onCompleted();
  }

  @Override
  public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> response) {
    ListGrantsResponse.Builder list = ListGrantsResponse.newBuilder();
    for (RecentGrants.Entry entry : grants.newest()) {
      Grant.Builder grant =
          Grant.newBuilder()
              .setGrant(entry.request().grant())
              .setParent(entry.request().parent())
              .setPluginId(entry.request().plugin())
              .setPluginInstance(entry.request().instance().number())
              .setFocusSession(entry.request().focusSession())
              .setEpoch(entry.request().epoch())
              .addAllRights(InputMessages.rights(entry.request().rights()))
              .setIssuedAt(entry.request().issuedAt() / COARSE * COARSE)
              .setClosedAt(entry.closedAt() / COARSE * COARSE)
              .setRenewals(entry.renewals())
              .setApplication(entry.request().application());
      if (entry.reason() != null) {
        grant.setReason(WireEnums.reason(entry.reason()));
      }
      list.addGrants(grant);
    }
    response.onNext(list.build());
    response.onCompleted();
  }
}
