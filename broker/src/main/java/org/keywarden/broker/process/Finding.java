package org.keywarden.broker.process;

/**
 * What a confined process has and its confinement does not allow. Numbers and kinds only: a name
 * that the process chose could say anything, what was typed for one.
 */
public sealed interface Finding {
  /** In words for people, after "it". */
  String words();

  /** A process of the sandbox has something. */
  record InProcess(Thing thing, long pid) implements Finding {
    @Override
    public String words() {
      return thing.words + " (process " + pid + ")";
    }
  }

  /** What a process may have. */
  enum Thing {
    PROGRAM("runs an unexpected program"),
    SOCKET("has a socket that is no unix socket"),
    NAMED_SOCKET("has a named socket"),
    KERNEL_OBJECT("has an undeclared kernel object"),
    MEMORY_FILE("has a memory file"),
    SYSTEM_V_MEMORY("has System V shared memory"),
    FILE("has an unexpected file or queue"),
    SHARED_MEMORY("shares memory"),
    WRITABLE_MOUNT("can write to a place that is not its own"),
    MOUNT("has something mounted within what it is shown");

    private final String words;

    Thing(String words) {
      this.words = words;
    }
  }

  /** A process of the sandbox holds what one outside holds too. */
  record Shared(Handed handed, long stranger) implements Finding {
    @Override
    public String words() {
      return "shares " + handed.words + " with process " + stranger;
    }
  }

  /** What can be handed from one process to another. */
  enum Handed {
    PIPE("a pipe"),
    EVENT_COUNTER("an event counter"),
    MEMORY_FILE("a memory file");

    private final String words;

    Handed(String words) {
      this.words = words;
    }
  }

  /**
   * A file that a process of the sandbox is shown is none it may be shown.
   *
   * @param inode the file's number, by which {@code find -inum} finds it
   */
  record InFiles(Flaw flaw, Place place, long inode) implements Finding {
    @Override
    public String words() {
      return "has " + flaw.words + " in " + place.words + " (inode " + inode + ")";
    }
  }

  /** What may be wrong with a file. */
  enum Flaw {
    SPECIAL("a socket, FIFO or device"),
    WRITABLE("something that others than its owner may write to"),
    FOREIGN("something that belongs to another user"),
    LINKED("a file with another name outside"),
    OTHER_FILE_SYSTEM("another file system"),
    UNSEARCHABLE("a directory that cannot be searched"),
    TOO_DEEP("directories within directories, too deep"),
    TOO_MANY("too many files to look at");

    private final String words;

    Flaw(String words) {
      this.words = words;
    }

    /** In words for people. */
    public String words() {
      return words;
    }
  }

  /** Where files are that a sandbox shows. */
  enum Place {
    PLUGIN("its own directory"),
    DATA("what its manifest names as data"),
    STATE("its state directory");

    private final String words;

    Place(String words) {
      this.words = words;
    }
  }

  /** The state directory is larger than its quota. */
  record StateTooLarge(long mostBytes) implements Finding {
    @Override
    public String words() {
      return "keeps more than " + (mostBytes >> 20) + " MiB in its state directory";
    }
  }
}
