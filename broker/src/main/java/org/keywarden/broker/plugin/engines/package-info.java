/**
 * IBus's engines as plugins: their components found where packages put them, their listings run in
 * the sandbox, and which input methods the user enabled.
 *
 * <p>Thread: {@code InputMethods} is the seat's; finding is a thread's of its own. May use: {@code
 * plugin}, its {@code sandbox} and {@code installed}, {@code files}, {@code process}, {@code rpc}.
 */
@NullMarked
package org.keywarden.broker.plugin.engines;

import org.jspecify.annotations.NullMarked;
