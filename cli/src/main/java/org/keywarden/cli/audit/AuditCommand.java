package org.keywarden.cli.audit;

import picocli.CommandLine.Command;

/** The grant log: the group of its subcommands. */
@Command(
    name = "audit",
    description = "The grant log: read, verify and prove it. Needs no broker.",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditTailCommand.class,
      AuditQueryCommand.class,
      AuditVerifyCommand.class,
      AuditProveCommand.class,
      AuditExportCommand.class,
      AuditReportCommand.class,
      AuditKeyCommand.class,
      AuditRevealCommand.class,
      AuditPruneCommand.class,
      AuditWitnessCommand.class
    })
public final class AuditCommand {}
