package org.keywarden.audit.log;

/** Names of files in a log's directory. */
public final class FileNames {
  public static final String CHECKPOINT = "checkpoint";
  public static final String SIGNED = "signed";
  public static final String MINIMUM = "minimum";
  public static final String KEYS = "keys";
  public static final String HANDOVER = "handover";
  public static final String WAL = "wal";
  public static final String COSIGNATURES = "cosignatures";
  public static final String LOCK = "lock";

  private FileNames() {}
}
