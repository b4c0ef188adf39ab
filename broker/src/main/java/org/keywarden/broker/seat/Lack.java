package org.keywarden.broker.seat;

/** What is missing for the focused field to be composed in, as the policy has it. */
public enum Lack {
  NOTHING,
  /** An instance of the selected plugin. */
  PLUGIN,
  /** An instance of it that forgets. */
  FORGETFUL_PLUGIN
}
