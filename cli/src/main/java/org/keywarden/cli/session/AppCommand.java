package org.keywarden.cli.session;

import java.util.concurrent.Callable;
import org.keywarden.cli.broker.AdminClient;
import org.keywarden.cli.console.Output;
import org.keywarden.proto.admin.v1.Application;
import org.keywarden.proto.admin.v1.ListApplicationsRequest;
import org.keywarden.proto.admin.v1.ListApplicationsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Each application seen, and why it is composed in or not. */
@Command(
    name = "app",
    description = {
      "Applications: what each said of its fields, what was decided for it and why, and what you"
          + " may do about it.",
      "An application that never says which of its fields are secret is typed into with the"
          + " trusted keyboard only, until you allow it."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      AppListCommand.class,
      AppAllowCommand.class,
      AppNeverCommand.class,
      AppForgetCommand.class
    })
public final class AppCommand implements Callable<Integer> {
  @Mixin private AdminClient broker = new AdminClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    ListApplicationsResponse found =
        broker.ask(stub -> stub.listApplications(ListApplicationsRequest.getDefaultInstance()));
    if (output.json()) {
      output.print(found);
      return 0;
    }
    if (found.getApplicationsCount() == 0) {
      output.println("no application has connected since the broker started");
    }
    DesktopNames names = DesktopNames.read(System.getenv());
    found.getApplicationsList().forEach(each -> tell(each, names));
    return 0;
  }

  private void tell(Application of, DesktopNames names) {
    String program = of.getExecutable().isEmpty() ? "an unknown program" : of.getExecutable();
    output.println(
        names.of(of.getExecutable()).map(name -> name + ": " + program).orElse(program)
            + (of.getName().isEmpty() ? "" : " (calls itself " + of.getName() + ")"));
    if (of.getName().isEmpty()) {
      output.println("  not seen since the broker started");
    } else {
      output.println(
          of.getAnnounces()
              ? "  says which of its fields are secret"
              : "  does not say which of its fields are secret");
      output.println("  " + decision(of));
    }
    if (of.getKeptOut()) {
      output.println(
          "  you keep input methods out of it; take that back with: keywarden app forget "
              + program);
    } else if (of.getAllowed()) {
      output.println("  you allowed it; take that back with: keywarden app forget " + program);
    } else if (!of.getAnnounces() && !of.getExecutable().isEmpty()) {
      output.println(
          "  to let your input method compose in it, and see passwords typed there: keywarden app"
              + " allow "
              + program);
    } else if (of.getAnnounces() && !of.getExecutable().isEmpty()) {
      output.println("  to keep input methods out of it: keywarden app never " + program);
    }
  }

  private static String decision(Application of) {
    String by = " (" + of.getLastDecidedBy() + ")";
    return switch (of.getLastRoute()) {
      case ROUTE_COMPOSING -> "last composed in" + by;
      case ROUTE_GUARDED -> "last typed into with the trusted keyboard" + by;
      case ROUTE_DIRECT -> "last typed into without an input method" + by;
      default -> "none of its fields had the focus yet";
    };
  }
}
