package org.keywarden.broker.seat;

/**
 * A click of the user on a candidate.
 *
 * @param index among the candidates last shown
 * @param button 1 left, 2 middle, 3 right
 * @param modifiers as of a {@link Key}
 */
public record CandidateClick(int index, int button, int modifiers) {}
