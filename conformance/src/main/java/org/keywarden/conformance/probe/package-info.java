/**
 * A plugin that tries to get out of the sandbox, and the run that judges it: every probe is made
 * inside the broker's sandbox, where it must be refused, and outside, where it must succeed, so
 * that no probe passes because it is broken.
 *
 * <p>Thread: one per probe. May use: the JDK only, system calls through its foreign-function API.
 */
@NullMarked
package org.keywarden.conformance.probe;

import org.jspecify.annotations.NullMarked;
