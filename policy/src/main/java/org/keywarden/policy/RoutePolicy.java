package org.keywarden.policy;

/** Decides who gets the keys of a field that is not secret. Pure and thread-safe. */
public interface RoutePolicy {
  Decision decide(Facts facts);

  /** SHA-256 of the policy's source, 32 bytes. */
  byte[] digest();
}
