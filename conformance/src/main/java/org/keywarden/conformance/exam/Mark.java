package org.keywarden.conformance.exam;

/**
 * What was found in one respect.
 *
 * @param name what is asked of an input method, in a few words
 * @param passed whether it is so
 * @param observed what was seen, and of what failed what to look for
 */
public record Mark(String name, boolean passed, String observed) {}
