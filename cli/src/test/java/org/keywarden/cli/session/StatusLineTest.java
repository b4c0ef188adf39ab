package org.keywarden.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.proto.admin.v1.AdminServiceGrpc.AdminServiceImplBase;
import org.keywarden.proto.admin.v1.FollowStatusRequest;
import org.keywarden.proto.admin.v1.FollowStatusResponse;
import org.keywarden.proto.admin.v1.GetStatusResponse;
import org.keywarden.proto.admin.v1.Rival;
import org.keywarden.proto.admin.v1.Standing;
import org.keywarden.proto.host.v1.Route;
import org.keywarden.testbed.ServiceSocket;
import picocli.CommandLine;

/** What a bar shows. */
final class StatusLineTest {
  private static final Standing OURS =
      Standing.newBuilder().setFilesOurs(true).setIbusName(true).setPortalName(true).build();

  private static GetStatusResponse.Builder status(Route route, String application) {
    return GetStatusResponse.newBuilder()
        .setRoute(route)
        .setApplication(application)
        .setDecidedBy("default")
        .setSelectedPlugin("ibus.hangul")
        .setSelectedInputMethod("hangul")
        .setTrustedKeyboardReady(true)
        .setStanding(OURS);
  }

  @Test
  void aLineSaysWhereTypingGoes() {
    assertEquals(
        "composing (hangul), Editor",
        StatusLine.of(status(Route.ROUTE_COMPOSING, "Editor").build()).text());
    assertEquals(
        "trusted keyboard, Editor",
        StatusLine.of(status(Route.ROUTE_GUARDED, "Editor").build()).text());
    assertEquals("nowhere", StatusLine.of(status(Route.ROUTE_UNFOCUSED, "").build()).text());
    assertEquals("stopped ! Keywarden does not run", StatusLine.STOPPED.text());
  }

  @Test
  void whatIsWrongIsSaid() {
    Standing taken =
        OURS.toBuilder()
            .setFilesOurs(false)
            .addRivals(
                Rival.newBuilder()
                    .setPid(7)
                    .setProgram("fcitx5")
                    .setTakesOurs(true)
                    .addHolds("address file"))
            .build();
    StatusLine line =
        StatusLine.of(
            status(Route.ROUTE_UNFOCUSED, "")
                .setStanding(taken)
                .setGrantLogProblem("no space")
                .setTrustedKeyboardReady(false)
                .build());
    assertEquals(
        List.of(
            "applications find fcitx5 (pid 7) and bypass Keywarden (address file)",
            "the grant log cannot be written: no space",
            "the trusted keyboard is not ready"),
        line.problems());
    assertTrue(line.json().contains("\"class\":[\"nowhere\",\"problem\"]"), line.json());
  }

  @Test
  void anApplicationCanNeitherForgeALineNorMarkup() {
    String line =
        StatusLine.of(status(Route.ROUTE_COMPOSING, "<b>x</b>&\n\u001b[2J").build()).json();
    assertFalse(line.contains("\n"), line);
    JsonObject json = JsonParser.parseString(line).getAsJsonObject();
    assertEquals("hangul", json.get("text").getAsString());
    assertTrue(
        json.get("tooltip")
            .getAsString()
            .startsWith("composing (hangul), &lt;b&gt;x&lt;/b&gt;&amp;"),
        line);
    assertFalse(json.get("tooltip").getAsString().contains("\u001b"), line);
    assertEquals("<b>x</b>&\n\u001b[2J", json.get("application").getAsString());
  }

  /** Tells of two changes each time it is asked, or refuses. */
  private static final class Told extends AdminServiceImplBase {
    private boolean refuse;

    @Override
    public void followStatus(
        FollowStatusRequest request, StreamObserver<FollowStatusResponse> response) {
      if (refuse) {
        response.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
        return;
      }
      for (Route route :
          List.of(Route.ROUTE_COMPOSING, Route.ROUTE_COMPOSING, Route.ROUTE_GUARDED)) {
        response.onNext(
            FollowStatusResponse.newBuilder().setStatus(status(route, "Editor")).build());
      }
      response.onCompleted();
    }
  }

  private static AdminClient at(Path directory) {
    AdminClient client = new AdminClient();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("broker", CommandLine.Model.CommandSpec.forAnnotatedObject(client)))
        .parseArgs("--runtime-dir=" + directory);
    return client;
  }

  @Test
  @Timeout(60)
  void aBrokerThatEndsIsWaitedFor(@TempDir Path directory) throws Exception {
    Told told = new Told();
    List<String> lines = new ArrayList<>();
    try (ServiceSocket served = new ServiceSocket(directory.resolve("admin.sock"), told)) {
      new FollowedStatus(
              at(directory),
              line -> {
                lines.add(line.text());
                return lines.size() < 5;
              })
          .run();
    }
    assertEquals(
        List.of(
            "composing (hangul), Editor",
            "trusted keyboard, Editor",
            "stopped ! Keywarden does not run",
            "composing (hangul), Editor",
            "trusted keyboard, Editor"),
        lines);
  }

  @Test
  void aRefusalIsNotTriedAgain(@TempDir Path directory) throws Exception {
    Told told = new Told();
    told.refuse = true;
    try (ServiceSocket served = new ServiceSocket(directory.resolve("admin.sock"), told)) {
      StatusRuntimeException refused =
          org.junit.jupiter.api.Assertions.assertThrows(
              StatusRuntimeException.class,
              () -> new FollowedStatus(at(directory), line -> true).run());
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused.getStatus().getCode());
    }
  }
}
