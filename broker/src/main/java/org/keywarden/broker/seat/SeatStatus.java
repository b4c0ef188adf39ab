package org.keywarden.broker.seat;

/**
 * What the user may know of the seat.
 *
 * @param application of the focused field, empty if none
 * @param executable the kernel's word for its program, empty if unknown
 * @param decidedBy the policy rule that decided, or a word for what did
 * @param selectedInputMethod which of that plugin's, empty if it has one
 * @param grant the live grant, 0 if none
 */
public record SeatStatus(
    Route route,
    String application,
    String executable,
    String decidedBy,
    long epoch,
    String selectedPlugin,
    String selectedInputMethod,
    long grant,
    boolean trustedReady) {}
