package org.keywarden.audit.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.keywarden.audit.store.DiskFiles;

/** Writes to a log until it is killed, and says on its output what is confirmed. */
final class CrashWriter {
  /** Ends a line that is whole. */
  static final String END = ".";

  private static final int OUTSTANDING = 32;
  private static final int CHECKPOINT_EVERY = 40;

  private CrashWriter() {}

  static byte[] entry(String run, long number) {
    return ("run " + run + " number " + number).getBytes(StandardCharsets.UTF_8);
  }

  /** Arguments: the log's directory, the name of this run. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String run = arguments[1];
    ExecutorService logThread = Executors.newSingleThreadExecutor();
    LogWriter writer =
        LogWriter.open(
            new DiskFiles(Path.of(arguments[0])),
            TestLog.SIGNER,
            logThread,
            new LogWriter.Settings(10_000, 1 << 16),
            Long.MAX_VALUE);
    Semaphore outstanding = new Semaphore(OUTSTANDING);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    for (long number = 0; ; number++) {
      outstanding.acquire();
      long mine = number;
      writer.append(
          entry(run, number),
          new LogWriter.Receipt() {
            @Override
            public void durable(long index) {
              out.print(index + " " + mine + " " + END + "\n");
              out.flush();
              outstanding.release();
            }

            @Override
            public void failed(IOException reason) {
              Runtime.getRuntime().halt(1);
            }
          });
      if (number % CHECKPOINT_EVERY == 0) {
        writer.checkpoint();
      }
    }
  }
}
