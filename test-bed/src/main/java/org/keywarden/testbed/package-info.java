/** What tests of several modules share. Ships nowhere. May use gRPC and Netty. */
@NullMarked
package org.keywarden.testbed;

import org.jspecify.annotations.NullMarked;
