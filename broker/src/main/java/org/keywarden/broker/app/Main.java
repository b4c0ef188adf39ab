package org.keywarden.broker.app;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Stage;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.keywarden.broker.admin.AdminDoor.InvalidPolicy;
import org.keywarden.broker.capability.Warmup;
import org.keywarden.broker.plugin.installed.InstalledPlugins;
import org.keywarden.broker.plugin.installed.ManifestLoader;
import org.keywarden.broker.plugin.installed.PluginDirectory;
import org.keywarden.broker.plugin.installed.Runtimes;
import org.keywarden.broker.plugin.sandbox.HostPaths;
import org.keywarden.broker.plugin.sandbox.Isolation;
import org.keywarden.hardening.ProcessSeal;

/**
 * The broker's process. Exit status: 0 stopped, 64 misused, 69 cannot run here, 70 cannot go on
 * safely, 71 its memory cannot be protected, 78 a policy that cannot be used.
 */
public final class Main {
  private static final int MISUSED = 64;
  private static final int UNAVAILABLE = 69;
  private static final int UNPROTECTED = 71;
  private static final int CONFIGURATION = 78;
  private static final int WARMUP_ROUNDS = 20;
  private static final Console ERRORS = Console.errors();

  /** A stop that hangs must not leave a broker that nobody waits for. */
  private static final long STOP_SECONDS = 5;

  private Main() {}

  /** Runs until told to stop by a signal. */
  public static void main(String[] arguments) throws InterruptedException {
    int status = run(List.of(arguments));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(List<String> arguments) throws InterruptedException {
    Console.tellFaults();
    int uid;
    Options options;
    ProcessSeal seal = ProcessSeal.ofThisProcess();
    try {
      // Before the seal, which makes root the owner.
      uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
      seal.close();
      options = Options.parse(arguments, System.getenv(), uid);
    } catch (Options.Misused e) {
      ERRORS.line(String.valueOf(e.getMessage()));
      ERRORS.text(Options.USAGE);
      return MISUSED;
    } catch (IOException e) {
      ERRORS.line("/proc cannot be read: " + e.getMessage());
      return UNAVAILABLE;
    }
    MultiThreadIoEventLoopGroup group = loop("seat", false);
    MultiThreadIoEventLoopGroup acceptors = loop("accept", true);
    FutureTask<Boolean> selfTest = selfTest(seal);
    try {
      PolicySource policy = PolicySource.read(options.policy());
      Directories directories = Directories.hold(options.runtimeDirectory(), uid);
      start(options, uid, directories, acceptors, group.next(), policy, selfTest);
      Console.answers().line("ready, applications connect to " + directories.hostSocket());
      ReadyNotice.send(System.getenv(ReadyNotice.SOCKET), group.next(), ERRORS::line);
      return 0;
    } catch (InvalidPolicy e) {
      ERRORS.line(String.valueOf(e.getMessage()));
      group.shutdownGracefully();
      return CONFIGURATION;
    } catch (IOException | ExecutionException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      ERRORS.line(String.valueOf(cause.getMessage()));
      group.shutdownGracefully();
      return cause instanceof ProcessSeal.Unprotected ? UNPROTECTED : UNAVAILABLE;
    }
  }

  private static MultiThreadIoEventLoopGroup loop(String name, boolean daemon) {
    return new MultiThreadIoEventLoopGroup(
        1, Thread.ofPlatform().name(name).daemon(daemon).factory(), EpollIoHandler.newFactory());
  }

  /** Beside the policy's compiling, which takes as long. */
  private static FutureTask<Boolean> selfTest(ProcessSeal seal) {
    FutureTask<Boolean> test =
        new FutureTask<>(
            () -> {
              seal.verify();
              Warmup.run(WARMUP_ROUNDS, new SecureRandom());
              return true;
            });
    Thread.ofPlatform().name("self-test").daemon().start(test);
    return test;
  }

  private static void start(
      Options options,
      int uid,
      Directories directories,
      EventLoopGroup acceptors,
      EventLoop loop,
      PolicySource policy,
      FutureTask<Boolean> selfTest)
      throws IOException, ExecutionException, InterruptedException {
    PluginDirectory.Found found =
        PluginDirectory.read(
            options.plugins(),
            new ManifestLoader(
                HostPaths.of(
                    InstalledPlugins.data(System.getenv()),
                    List.of(options.runtimeDirectory(), options.stateDirectory())),
                Runtimes.of(options.home())));
    ExecutorService starter =
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("starter").factory());
    Isolation isolation = Isolation.find(directories.sandboxFiles(), uid, starter, loop);
    Confining confining = Confining.of(isolation, options.allowUnsandboxed(), starter, loop);
    if (!confining.pluginsMayRun()) {
      found = found.refusing("not run, since it cannot be isolated: " + confining.description());
    }
    Optional<String> stateless = directories.keepStateIn(options.stateDirectory(), uid);
    if (stateless.isPresent()) {
      found = found.refusing("not run, since nothing can be kept or recorded: " + stateless.get());
    }
    confining.warnings().forEach(ERRORS::line);
    found.problems().forEach(ERRORS::line);
    Broker broker =
        putTogether(
            new BrokerModule(options, uid, directories, acceptors, loop, found, policy, confining));
    selfTest.get();
    try {
      loop.submit(
              () -> {
                broker.start();
                return true;
              })
          .get();
    } catch (ExecutionException e) {
      // Started processes would be started again while the loop winds down.
      stop(broker, loop, isolation, directories);
      throw e;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().unstarted(() -> stop(broker, loop, isolation, directories)));
  }

  private static Broker putTogether(BrokerModule module) throws IOException {
    try {
      return Guice.createInjector(Stage.PRODUCTION, module).getInstance(Broker.class);
    } catch (CreationException e) {
      // A file that cannot be read, or a directory that cannot be made, is the user's to mend.
      if (e.getCause() instanceof IOException unusable) {
        throw unusable;
      }
      throw e;
    }
  }

  private static void stop(
      Broker broker, EventLoop loop, Isolation isolation, Directories directories) {
    try {
      loop.submit(broker::stop)
          .get(STOP_SECONDS, TimeUnit.SECONDS)
          .get(STOP_SECONDS, TimeUnit.SECONDS);
      isolation.end();
      directories.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | IOException e) {
      ERRORS.line("not stopped cleanly: " + e);
    }
  }
}
