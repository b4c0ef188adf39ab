package org.keywarden.broker.files;

import java.util.Map;

/**
 * What the kernel says of a file (inode(7)).
 *
 * @param mode type and permissions
 * @param owner its user
 * @param group its group
 * @param names how many hard links there are to it
 */
public record FileFacts(
    int mode, int owner, int group, long device, long inode, int names, long size) {
  /** The attributes of the {@code unix} view this is made of. */
  static final String VIEW = "unix:mode,uid,gid,dev,ino,nlink,size";

  private static final int TYPE = 0xF000;
  private static final int DIRECTORY = 0x4000;
  private static final int REGULAR = 0x8000;
  private static final int LINK = 0xA000;
  private static final int WRITABLE_BY_GROUP = 0020;
  private static final int WRITABLE_BY_OTHERS = 0002;
  private static final int STICKY = 01000;
  private static final int EXECUTABLE_BY_OWNER = 0100;

  static FileFacts of(Map<String, Object> view) {
    return new FileFacts(
        (int) number(view, "mode"),
        (int) number(view, "uid"),
        (int) number(view, "gid"),
        number(view, "dev"),
        number(view, "ino"),
        (int) number(view, "nlink"),
        number(view, "size"));
  }

  private static long number(Map<String, Object> view, String name) {
    if (view.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IllegalArgumentException("no " + name);
  }

  public boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  public boolean isRegular() {
    return (mode & TYPE) == REGULAR;
  }

  public boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** A socket, FIFO or device. */
  public boolean isSpecial() {
    return !isDirectory() && !isRegular() && !isLink();
  }

  /**
   * Whether anybody but its owner may write to it. A group with its owner's number is the owner's
   * own (pam_umask(8), "usergroups").
   */
  public boolean isWritableByOthers() {
    return (mode & WRITABLE_BY_OTHERS) != 0 || ((mode & WRITABLE_BY_GROUP) != 0 && group != owner);
  }

  /** Of a directory: what is in it, only its owner may rename or remove. */
  public boolean isSticky() {
    return (mode & STICKY) != 0;
  }

  public boolean isExecutable() {
    return (mode & EXECUTABLE_BY_OWNER) != 0;
  }
}
