package org.keywarden.trusted;

/** Refuses one thing, or nothing. Leaves the JVM of the tests as it is. */
record FakeKernel(boolean turnOffCoreFiles, boolean makeNotDumpable, boolean ignoreQuit)
    implements Kernel {
  static final FakeKernel WILLING = new FakeKernel(true, true, true);
}
