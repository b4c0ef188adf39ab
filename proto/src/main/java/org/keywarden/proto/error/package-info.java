/**
 * The error contract of {@code proto/README.md} in code: one status per reason. Stateless; any
 * thread. May use gRPC and the generated messages only.
 */
@NullMarked
package org.keywarden.proto.error;

import org.jspecify.annotations.NullMarked;
