/** The SDK against a broker that is a real gRPC server on a real unix socket. */
@NullMarked
package org.keywarden.ime;

import org.jspecify.annotations.NullMarked;
