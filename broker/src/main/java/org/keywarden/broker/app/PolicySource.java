package org.keywarden.broker.app;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.keywarden.broker.admin.AdminDoor;
import org.keywarden.broker.admin.AdminDoor.InvalidPolicy;
import org.keywarden.broker.files.HeldFile;
import org.keywarden.broker.plugin.sandbox.FileErrors;
import org.keywarden.policy.CompiledPolicy;
import org.keywarden.policy.PolicyException;
import org.keywarden.policy.RoutePolicy;
import org.keywarden.proto.yaml.YamlMessages;

/** The policy in force, read from a file or built in. */
final class PolicySource implements AdminDoor.PolicyFile {
  private final @Nullable Path file;
  private RoutePolicy current;

  private PolicySource(@Nullable Path file, RoutePolicy current) {
    this.file = file;
    this.current = current;
  }

  static PolicySource read(@Nullable Path file) throws InvalidPolicy {
    return new PolicySource(file, compile(file));
  }

  @Override
  public RoutePolicy current() {
    return current;
  }

  @Override
  public RoutePolicy reload() throws InvalidPolicy {
    current = compile(file);
    return current;
  }

  private static RoutePolicy compile(@Nullable Path file) throws InvalidPolicy {
    if (file == null) {
      return CompiledPolicy.standard();
    }
    try {
      return CompiledPolicy.compile(HeldFile.read(file, YamlMessages.MAX_BYTES), file.toString());
    } catch (PolicyException e) {
      throw new InvalidPolicy(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InvalidPolicy("the policy cannot be read: " + FileErrors.words(e));
    }
  }
}
