package org.keywarden.cli.ime;

import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsRequest;
import org.keywarden.proto.admin.v1.ArrangeInputMethodsResponse;

/** Which input methods are enabled, and in which order. */
final class Arrangement {
  private Arrangement() {}

  /** Asks for a change, and prints what is so now. */
  static int ask(AdminClient broker, Output output, ArrangeInputMethodsRequest request) {
    ArrangeInputMethodsResponse done = broker.ask(stub -> stub.arrangeInputMethods(request));
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
}
