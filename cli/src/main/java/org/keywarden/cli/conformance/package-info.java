/** The conformance kit as a command. */
@NullMarked
package org.keywarden.cli.conformance;

import org.jspecify.annotations.NullMarked;
