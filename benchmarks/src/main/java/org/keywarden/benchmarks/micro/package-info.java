/**
 * What a key and a token cost inside the broker, without sockets: JMH benchmarks. May use the
 * broker's public types.
 */
@NullMarked
package org.keywarden.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
