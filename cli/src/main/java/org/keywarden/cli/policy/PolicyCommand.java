package org.keywarden.cli.policy;

import picocli.CommandLine.Command;

/** The policy: the group of its subcommands. */
@Command(
    name = "policy",
    description = "The policy.",
    mixinStandardHelpOptions = true,
    subcommands = {PolicyCheckCommand.class, PolicyExplainCommand.class, PolicyReloadCommand.class})
public final class PolicyCommand {}
