/** What was measured, under which conditions, as tables and plots in files. */
@NullMarked
package org.keywarden.benchmarks.result;

import org.jspecify.annotations.NullMarked;
