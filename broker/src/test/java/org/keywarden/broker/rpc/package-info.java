/** The servers against clients that keep to nothing. */
@NullMarked
package org.keywarden.broker.rpc;

import org.jspecify.annotations.NullMarked;
