package org.keywarden.conformance.probe;

/**
 * What came of one probe.
 *
 * @param expected how it is to be refused
 * @param inside what was seen in the sandbox
 * @param outside what was seen without it
 * @param refused whether the sandbox held
 * @param proven whether the attempt succeeds without the sandbox, so that a refusal means something
 */
public record ProbeResult(
    String name, String expected, String inside, String outside, boolean refused, boolean proven) {
  static ProbeResult of(Probe probe, Probe.Seen inside, Probe.Seen outside) {
    return new ProbeResult(
        probe.name(),
        probe.expected(),
        inside.detail(),
        outside.detail(),
        !inside.possible(),
        outside.possible());
  }
}
