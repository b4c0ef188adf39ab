/**
 * An attacker that wants to know when somebody types: it samples whatever its surroundings let it,
 * learns from keys whose times it is told, and guesses the times of others.
 *
 * <p>Thread: its own process's; spinning takes one per processor. May use: the JDK only, so that it
 * runs wherever a JVM does.
 */
@org.jspecify.annotations.NullMarked
package org.keywarden.conformance.timing;
