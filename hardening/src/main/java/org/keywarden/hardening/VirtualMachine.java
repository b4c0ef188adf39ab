package org.keywarden.hardening;

import java.util.List;

/** What this process's JVM says of itself. */
interface VirtualMachine {
  /** Whether an option that is on or off is on, whoever set it. */
  boolean isOn(String option);

  /** Every option it was given: by the command line, by files, by the environment. */
  List<String> arguments();
}
