/** Tests of the measuring itself; none looks at how long anything took. */
@NullMarked
package org.keywarden.benchmarks;

import org.jspecify.annotations.NullMarked;
