/**
 * How plugins and the trusted keyboard become processes; the only package that starts any.
 *
 * <p>Thread: the seat's; ends are noticed on the JDK's process reaper and handed over. May use:
 * {@code process}.
 */
@NullMarked
package org.keywarden.broker.plugin.sandbox;

import org.jspecify.annotations.NullMarked;
