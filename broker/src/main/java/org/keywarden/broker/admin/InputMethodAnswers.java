package org.keywarden.broker.admin;

import io.grpc.stub.StreamObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keywarden.broker.plugin.PluginRoster;
import org.keywarden.broker.plugin.engines.ChoiceFile;
import org.keywarden.broker.plugin.engines.InputMethods;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsResponse;
import org.keywarden.proto.admin.v1.InputMethod;
import org.keywarden.proto.admin.v1.ListInputMethodsResponse;
import org.keywarden.proto.admin.v1.PluginState;
import org.keywarden.proto.error.Refusals;
import org.keywarden.proto.error.v1.Reason;

/** What {@code AdminService} says of input methods, once engines were looked for. */
final class InputMethodAnswers {
  private final InputMethods methods;
  private final PluginRoster roster;
  private final Consumer<Runnable> refresh;

  /**
   * @param refresh looks for engines, then runs something on the seat's thread
   */
  InputMethodAnswers(InputMethods methods, PluginRoster roster, Consumer<Runnable> refresh) {
    this.methods = methods;
    this.roster = roster;
    this.refresh = refresh;
  }

  void list(StreamObserver<ListInputMethodsResponse> response) {
    refresh.accept(
        () -> {
          response.onNext(list());
          response.onCompleted();
        });
  }

  private ListInputMethodsResponse list() {
    Map<String, PluginState> states = new LinkedHashMap<>();
    roster.rows().forEach(row -> states.put(row.manifest().id(), AdminDoor.stateOf(roster, row)));
    ListInputMethodsResponse.Builder list = ListInputMethodsResponse.newBuilder();
    for (InputMethods.Row row : methods.rows()) {
      list.addInputMethods(
          InputMethod.newBuilder()
              .setId(row.id())
              .setPluginId(row.target().plugin())
              .setInputMethod(row.target().method())
              .setName(row.method().name())
              .addAllLanguages(row.method().languages())
              .setLayout(row.method().layout())
              .setSymbol(row.method().symbol())
              .setEnabled(row.enabled())
              .setSelected(row.selected())
              .setState(
                  states.getOrDefault(row.target().plugin(), PluginState.PLUGIN_STATE_UNSPECIFIED))
              .setProblem(row.problem()));
    }
    return list.addAllProblems(methods.problems()).build();
  }

  void arrange(
      ArrangeInputMethodsRequest request, StreamObserver<ArrangeInputMethodsResponse> response) {
    refresh.accept(
        () -> {
          try {
            response.onNext(
                ArrangeInputMethodsResponse.newBuilder()
                    .addAllEnabled(
                        methods.arrange(
                            request.getEnableList(),
                            request.getDisableList(),
                            request.getFirstList()))
                    .build());
            response.onCompleted();
          } catch (InputMethods.Refused e) {
            response.onError(
                Refusals.of(Reason.REASON_INPUT_METHOD_UNKNOWN, String.valueOf(e.getMessage())));
          } catch (ChoiceFile.Unusable e) {
            response.onError(
                Refusals.of(Reason.REASON_CHOICE_NOT_KEPT, String.valueOf(e.getMessage())));
          }
        });
  }
}
