package org.keywarden.cli;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keywarden.proto.admin.v1.AdminServiceGrpc;
import org.keywarden.proto.admin.v1.AllowApplicationRequest;
import org.keywarden.proto.admin.v1.AllowApplicationResponse;
import org.keywarden.proto.admin.v1.Application;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsResponse;
import org.keywarden.proto.admin.v1.GetStatusRequest;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Grant;
import org.keywarden.proto.admin.v1.InputMethod;
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
import org.keywarden.proto.admin.v1.LockSource;
import org.keywarden.proto.admin.v1.LockSourceState;
import org.keywarden.proto.admin.v1.Plugin;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.admin.v1.ReloadPolicyRequest;
import org.keywarden.proto.admin.v1.ReloadPolicyResponse;
import org.keywarden.proto.admin.v1.SelectPluginRequest;
import org.keywarden.proto.admin.v1.SelectPluginResponse;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.proto.plugin.v1.RevocationReason;
import org.keywarden.testbed.ServiceSocket;

/** Administration on a real socket with made-up answers; refuses everything once told to. */
final class FakeBroker extends AdminServiceGrpc.AdminServiceImplBase implements AutoCloseable {
  static final ByteString DIGEST = ByteString.copyFrom(new byte[] {(byte) 0xab, (byte) 0xcd});

  private final ServiceSocket served;
  private volatile @Nullable StatusRuntimeException refusal;
  private volatile String application = "Editor";
  private volatile String selected = "";
  private volatile ArrangeInputMethodsRequest arranged =
      ArrangeInputMethodsRequest.getDefaultInstance();
  private volatile String allowed = "";
  private volatile String keptOut = "";

  FakeBroker(Path runtimeDirectory) throws IOException {
    served = new ServiceSocket(runtimeDirectory.resolve("admin.sock"), this);
  }

  void refuse(StatusRuntimeException why) {
    refusal = why;
  }

  void focus(String name) {
    application = name;
  }

  String allowed() {
    return allowed;
  }

  String keptOut() {
    return keptOut;
  }

  ArrangeInputMethodsRequest arranged() {
    return arranged;
  }

  String selected() {
    return selected;
  }

  private static LockSource source(String name, LockSourceState state) {
    return LockSource.newBuilder().setName(name).setState(state).build();
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> response) {
    answer(
        response,
        GetStatusResponse.newBuilder()
            .setRoute(Route.ROUTE_UNFOCUSED)
            .setApplication(application)
            .setDecidedBy("default")
            .setSelectedPlugin("org.example.ime")
            .setGrant(7)
            .setPolicyDigest(DIGEST)
            .setIsolation("bubblewrap")
            .setAccessibility("listening")
            .addLockSources(source("logind", LockSourceState.LOCK_SOURCE_STATE_UNLOCKED))
            .addLockSources(
                source("org.freedesktop.ScreenSaver", LockSourceState.LOCK_SOURCE_STATE_NOT_THERE))
            .addLockSources(
                source(
                    "org.gnome.ScreenSaver", LockSourceState.LOCK_SOURCE_STATE_GONE_WHILE_LOCKED))
            .addMemoryProtections("no core files")
            .setIndicator("in the tray")
            .setPid(4711)
            .build());
  }

  @Override
  public void listPlugins(
      ListPluginsRequest request, StreamObserver<ListPluginsResponse> response) {
    answer(
        response,
        ListPluginsResponse.newBuilder()
            .addPlugins(
                Plugin.newBuilder()
                    .setId("org.example.ime")
                    .setName("日本語")
                    .setVersion("1.0")
                    .setSelected(true)
                    .setState(PluginState.PLUGIN_STATE_READY))
            .addPlugins(
                Plugin.newBuilder()
                    .setState(PluginState.PLUGIN_STATE_REFUSED)
                    .setProblem("manifest.yaml:1: no id"))
            .build());
  }

  @Override
  public void listInputMethods(
      ListInputMethodsRequest request, StreamObserver<ListInputMethodsResponse> response) {
    ListInputMethodsResponse.Builder list =
        ListInputMethodsResponse.newBuilder()
            .addInputMethods(
                InputMethod.newBuilder()
                    .setId("hangul")
                    .setPluginId("ibus.hangul")
                    .setInputMethod("hangul")
                    .addLanguages("ko")
                    .setName("한글")
                    .setLayout("kr")
                    .setEnabled(true)
                    .setState(PluginState.PLUGIN_STATE_STOPPED))
            .addInputMethods(
                InputMethod.newBuilder()
                    .setId("org.example.ime")
                    .setPluginId("org.example.ime")
                    .addLanguages("ja")
                    .setName("日本語")
                    .setSelected(true)
                    .setState(PluginState.PLUGIN_STATE_READY))
            .addInputMethods(
                InputMethod.newBuilder()
                    .setId("gone")
                    .setPluginId("ibus.gone")
                    .setInputMethod("gone")
                    .setProblem("its program is not there"))
            .addProblems("bad.xml: no XML");
    for (int i = 0; i < 9; i++) {
      list.addInputMethods(
          InputMethod.newBuilder()
              .setId("many:" + i)
              .setPluginId("ibus.many")
              .setInputMethod("many:" + i));
    }
    answer(response, list.build());
  }

  @Override
  public void arrangeInputMethods(
      ArrangeInputMethodsRequest request, StreamObserver<ArrangeInputMethodsResponse> response) {
    arranged = request;
    answer(
        response,
        ArrangeInputMethodsResponse.newBuilder().addAllEnabled(request.getEnableList()).build());
  }

  @Override
  public void listGrants(ListGrantsRequest request, StreamObserver<ListGrantsResponse> response) {
    answer(
        response,
        ListGrantsResponse.newBuilder()
            .addGrants(
                Grant.newBuilder()
                    .setGrant(-1)
                    .setPluginId("a")
                    .setApplication("x")
                    .setClosedAt(5)
                    .setReason(RevocationReason.REVOCATION_REASON_FOCUS_LOST))
            .addGrants(Grant.newBuilder().setGrant(2).setPluginId("b").setApplication("y"))
            .build());
  }

  @Override
  public void listApplications(
      ListApplicationsRequest request, StreamObserver<ListApplicationsResponse> response) {
    answer(
        response,
        ListApplicationsResponse.newBuilder()
            .addApplications(
                Application.newBuilder()
                    .setName("gtk3-im:gedit")
                    .setExecutable("/usr/bin/gedit")
                    .setAnnounces(true)
                    .setLastRoute(Route.ROUTE_COMPOSING)
                    .setLastDecidedBy("ordinary text"))
            .addApplications(
                Application.newBuilder().setName("xim").setExecutable("/usr/libexec/ibus-x11"))
            .addApplications(
                Application.newBuilder().setExecutable("/usr/bin/game").setAllowed(true))
            .build());
  }

  @Override
  public void allowApplication(
      AllowApplicationRequest request, StreamObserver<AllowApplicationResponse> response) {
    allowed = request.getExecutable() + " " + request.getAllowed();
    answer(
        response,
        AllowApplicationResponse.newBuilder()
            .setProblem(request.getExecutable().contains("full") ? "no space" : "")
            .build());
  }

  @Override
  public void keepOutOfApplication(
      KeepOutOfApplicationRequest request, StreamObserver<KeepOutOfApplicationResponse> response) {
    keptOut = request.getExecutable() + " " + request.getKeptOut();
    answer(response, KeepOutOfApplicationResponse.getDefaultInstance());
  }

  @Override
  public void selectPlugin(
      SelectPluginRequest request, StreamObserver<SelectPluginResponse> response) {
    selected = request.getPluginId() + " " + request.getInputMethod();
    answer(response, SelectPluginResponse.getDefaultInstance());
  }

  @Override
  public void reloadPolicy(
      ReloadPolicyRequest request, StreamObserver<ReloadPolicyResponse> response) {
    answer(response, ReloadPolicyResponse.newBuilder().setPolicyDigest(DIGEST).build());
  }

  private <T> void answer(StreamObserver<T> response, T message) {
    StatusRuntimeException why = refusal;
    if (why != null) {
      response.onError(why);
      return;
    }
    response.onNext(message);
    response.onCompleted();
  }

  @Override
  public void close() {
    served.close();
  }
}
