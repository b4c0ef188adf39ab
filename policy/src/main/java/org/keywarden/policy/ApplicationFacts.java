package org.keywarden.policy;

/**
 * The application of the field.
 *
 * @param name what it calls itself: a claim
 * @param executable the kernel's word for its program, empty if unknown
 * @param allowed whether the user allowed an input method here although the application never says
 *     what is secret
 */
public record ApplicationFacts(String name, String executable, boolean allowed) {}
