package org.keywarden.broker.frontdoor.terminal;

/**
 * A pseudo-terminal, by its slave side.
 *
 * @param index its number, the name below {@code /dev/pts}
 * @param process where it is not among those of our {@code /dev/pts}: a process that sees it below
 *     its own; else 0
 * @param device number of the file system it lies on if it is not ours, else 0
 */
public record Terminal(int index, long process, long device) {
  /** One of our own {@code /dev/pts}. */
  public static Terminal ours(int index) {
    return new Terminal(index, 0, 0);
  }
}
