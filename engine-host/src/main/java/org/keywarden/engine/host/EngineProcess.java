package org.keywarden.engine.host;

/** The process of an engine, with those that it starts itself. */
interface EngineProcess {
  /** Whether a process is one of them. */
  boolean owns(long pid);

  /** Ends them, whatever they are doing. */
  void kill();
}
