package org.keywarden.broker.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keywarden.broker.compose.ComposeFile;
import org.keywarden.broker.process.Supervisor;
import org.keywarden.broker.trusted.TrustedCharge;
import org.keywarden.broker.trusted.TrustedGateway;
import org.keywarden.hardening.JvmOptions;

/** The trusted keyboard: its process, and what it is spoken with. */
final class TrustedModule extends AbstractModule {
  private final Options options;
  private final Directories directories;
  private final EventLoop loop;

  TrustedModule(Options options, Directories directories, EventLoop loop) {
    this.options = options;
    this.directories = directories;
    this.loop = loop;
  }

  @Provides
  @Singleton
  TrustedGateway trustedGateway(
      SeatLoop seat, @BrokerModule.TrustedKeyboard Provider<Supervisor> supervisor) {
    return new TrustedGateway(
        seat, instance -> supervisor.get().restart(supervisor.get().instance()));
  }

  @Provides
  @Singleton
  ComposeFile composeFile(
      EventLoop loop, @BrokerModule.TrustedKeyboard Provider<Supervisor> supervisor)
      throws IOException {
    return ComposeFile.in(
        directories.keyboardFiles(),
        System.getenv(),
        () -> loop.execute(() -> supervisor.get().restart(supervisor.get().instance())));
  }

  @Provides
  @Singleton
  @BrokerModule.TrustedKeyboard
  Supervisor trustedKeyboard(
      TrustedGateway gateway, ComposeFile compose, Supervisor.Surroundings surroundings)
      throws IOException {
    JvmOptions jvm = options.installation().jvm();
    List<String> command = new ArrayList<>(List.of(Confining.java().toString()));
    command.addAll(jvm.of(JvmOptions.Program.TRUSTED_KEYBOARD));
    command.addAll(
        List.of(
            "-cp",
            options.installation().classPath(JvmOptions.Program.TRUSTED_KEYBOARD),
            "org.keywarden.trusted.TrustedKeyboard"));
    Map<String, String> environment = new HashMap<>();
    for (String name : List.of("LANG", "LC_ALL", "LC_CTYPE")) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    List<Path> readable = new ArrayList<>(BrokerModule.runtime());
    readable.add(options.installation().library(JvmOptions.Program.TRUSTED_KEYBOARD));
    readable.add(jvm.directory());
    Stream.of(Path.of("/usr/share/X11/locale"), Path.of("/usr/share/X11/xkb"))
        .filter(Files::exists)
        .forEach(readable::add);
    environment.put("KEYWARDEN_COMPOSE", compose.path().toString());
    readable.add(compose.path());
    return new Supervisor(
        new TrustedCharge(
            gateway,
            command,
            environment,
            directories.logs().resolve("trusted-keyboard.log"),
            readable),
        surroundings);
  }
}
