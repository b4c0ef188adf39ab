/**
 * The {@code keywarden} command: one class per subcommand. One thread; exits with the code its
 * outcome calls for. May use the wire contracts, the policy and picocli, never the broker.
 */
@NullMarked
package org.keywarden.cli;

import org.jspecify.annotations.NullMarked;
