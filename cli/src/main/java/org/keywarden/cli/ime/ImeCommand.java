package org.keywarden.cli.ime;

import picocli.CommandLine.Command;

/** The input methods: the group of its subcommands. */
@Command(
    name = "ime",
    description = "The input methods.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImeListCommand.class,
      ImeUseCommand.class,
      ImeEnableCommand.class,
      ImeDisableCommand.class,
      ImeOrderCommand.class,
      ImeNewCommand.class,
      ImeSettingsCommand.class,
      ImeImportCommand.class,
      ImeResetCommand.class,
      ImeLintCommand.class,
      ImeCheckCommand.class,
      ImeWatchCommand.class,
      ImePackCommand.class,
      ImeAddCommand.class,
      ImeRemoveCommand.class,
      ImeInspectCommand.class
    })
public final class ImeCommand {}
