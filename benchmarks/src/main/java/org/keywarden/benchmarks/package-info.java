/**
 * Measures the product and writes down what it found together with the conditions. One thread of
 * its own, blocking. May use everything; nothing may use it.
 */
@NullMarked
package org.keywarden.benchmarks;

import org.jspecify.annotations.NullMarked;
