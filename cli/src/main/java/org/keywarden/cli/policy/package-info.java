/** Commands about the policy. */
@NullMarked
package org.keywarden.cli.policy;

import org.jspecify.annotations.NullMarked;
