package org.keywarden.broker.seat;

import java.time.Duration;

/**
 * The seat's times and bounds; times in ns.
 *
 * @param answer how long a key may be with a plugin or the trusted keyboard
 * @param firstAnswer the same for a plugin instance that has not had to answer before: its process
 *     may still be loading code
 * @param hold how long a key may be held before anyone sees it; behind keys that somebody has, from
 *     when the last of those must be answered
 * @param presentation how long a plugin may take to present an offered capability, longer than a
 *     process that is still loading code takes on a busy machine: past it, it is started again
 * @param recording how long the log may take to make a record durable
 * @param relaxation how long after a field was last marked secret by a marker that may be taken
 *     back ({@link SecretBy}) keys may go to a plugin again
 * @param echo how long after a press or a change of its field what an application says may be of
 *     that
 * @param settling how long keys are held behind one that may move the focus though it is known to
 *     be handled: an application may move the focus a little later
 * @param lull how long after its last key a secret field whose focus another application took
 *     counts as being typed into
 * @param longestLull the same in all, from when the focus was taken
 * @param cause how long a key or click pays for the actions it causes
 * @param pendingKeys keys not yet answered to applications, at most
 * @param keysAtPlugin keys shown to a plugin and unanswered, at most
 * @param misses unanswered keys in a row before a restart
 * @param refusals refused actions under one grant before a restart
 * @param children derived grants alive under one grant, at most
 * @param grantsAtOnce grants given without a pause between, at most
 * @param grantEvery how often one more may be given, in ns
 * @param unrecorded tokens whose records are not durable yet, at most
 */
public record SeatLimits(
    long answer,
    long firstAnswer,
    long hold,
    long presentation,
    long recording,
    long relaxation,
    long echo,
    long settling,
    long lull,
    long longestLull,
    long cause,
    int pendingKeys,
    int keysAtPlugin,
    int misses,
    int refusals,
    int children,
    int grantsAtOnce,
    long grantEvery,
    int unrecorded) {
  /** What the product ships with. */
  public static final SeatLimits DEFAULT =
      new SeatLimits(
          Duration.ofMillis(150).toNanos(),
          Duration.ofMillis(500).toNanos(),
          Duration.ofMillis(100).toNanos(),
          Duration.ofSeconds(5).toNanos(),
          Duration.ofSeconds(2).toNanos(),
          Duration.ofMillis(250).toNanos(),
          Duration.ofSeconds(1).toNanos(),
          Duration.ofMillis(40).toNanos(),
          Duration.ofSeconds(2).toNanos(),
          Duration.ofSeconds(30).toNanos(),
          Duration.ofSeconds(1).toNanos(),
          64,
          16,
          3,
          32,
          4,
          64,
          Duration.ofMillis(20).toNanos(),
          256);

  /** The same with another time for answers, during which a key pays for what it causes too. */
  public SeatLimits answeredWithin(long newAnswer) {
    return new SeatLimits(
        newAnswer,
        Math.max(newAnswer, firstAnswer),
        hold,
        presentation,
        recording,
        relaxation,
        echo,
        settling,
        lull,
        longestLull,
        Math.max(newAnswer, cause),
        pendingKeys,
        keysAtPlugin,
        misses,
        refusals,
        children,
        grantsAtOnce,
        grantEvery,
        unrecorded);
  }
}
