package org.keywarden.ime;

/** An input method. Pass it to {@link Plugin#run}. */
@FunctionalInterface
public interface InputMethod {
  /**
   * Starts a composition that nothing has been typed into yet. Called when a field may be composed
   * in, and again when its composition was dropped and the field goes on.
   *
   * @param field the field; never a secret one
   */
  Composition begin(FieldInfo field);
}
