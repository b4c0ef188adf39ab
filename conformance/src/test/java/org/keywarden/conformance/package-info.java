/** The kit against the broker just built, and its catalogue against its documentation. */
@NullMarked
package org.keywarden.conformance;

import org.jspecify.annotations.NullMarked;
