package org.keywarden.cli.witness;

import picocli.CommandLine.Command;

/** A witness of grant logs: the group of its subcommands. */
@Command(
    name = "witness",
    description =
        "Be a witness: hold the grant logs of others to their word. Runs best as another user or on"
            + " another machine than theirs.",
    mixinStandardHelpOptions = true,
    subcommands = {WitnessRunCommand.class, WitnessKeyCommand.class})
public final class WitnessCommand {}
