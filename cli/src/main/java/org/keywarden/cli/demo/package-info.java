/**
 * {@code keywarden demo}: the whole path through real processes, with a scripted person at the
 * keyboard; and the typing that shows a broker once what it will do all day.
 *
 * <p>Thread: the caller's; answers of the broker arrive on the channel's thread and are handed over
 * in queues.
 */
@NullMarked
package org.keywarden.cli.demo;

import org.jspecify.annotations.NullMarked;
