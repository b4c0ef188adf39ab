package org.keywarden.cli;

import picocli.CommandLine.Command;

/** The input methods: the group of its subcommands. */
@Command(
    name = "ime",
    description = "The input methods.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImeListCommand.class,
      ImeUseCommand.class,
      ImeLintCommand.class,
      ImeAddCommand.class,
      ImeRemoveCommand.class,
      ImeInspectCommand.class
    })
final class ImeCommand {}
