package org.keywarden.cli.session;

import picocli.CommandLine.Command;

/** Applications that never say what their fields are for: the group of its subcommands. */
@Command(
    name = "app",
    description = {
      "Applications, and which of them may be composed in.",
      "An application that never says which of its fields are secret is typed into with the"
          + " trusted keyboard only, until you allow it."
    },
    mixinStandardHelpOptions = true,
    subcommands = {AppListCommand.class, AppAllowCommand.class, AppForgetCommand.class})
public final class AppCommand {}
