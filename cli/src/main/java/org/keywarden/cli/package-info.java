/**
 * The {@code keywarden} command: one class per subcommand. Single-threaded; exits with the code its
 * outcome calls for. May use the wire contracts and picocli.
 */
@NullMarked
package org.keywarden.cli;

import org.jspecify.annotations.NullMarked;
