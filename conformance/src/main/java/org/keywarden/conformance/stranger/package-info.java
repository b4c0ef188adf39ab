/**
 * An ordinary program of the same user that means harm: a process of its own, so that what it takes
 * counts against it and not against the kit's honest applications. It does one misdeed, says so,
 * and ends when its input does. May use {@code org.keywarden.client}, the D-Bus codec, gRPC and the
 * kit's system calls.
 */
@NullMarked
package org.keywarden.conformance.stranger;

import org.jspecify.annotations.NullMarked;
