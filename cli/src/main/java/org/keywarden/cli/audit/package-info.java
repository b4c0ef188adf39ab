/** Commands that read, prove and prune the grant log. */
@NullMarked
package org.keywarden.cli.audit;

import org.jspecify.annotations.NullMarked;
