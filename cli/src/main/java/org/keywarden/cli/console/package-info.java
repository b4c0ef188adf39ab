/** How commands speak: what a person reads, what a program gets, and exit codes. */
@NullMarked
package org.keywarden.cli.console;

import org.jspecify.annotations.NullMarked;
