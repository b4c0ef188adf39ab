/** Which route and which rights a field gets. Pure functions of their arguments; any thread. May use proto and CEL. */
@NullMarked
package org.keywarden.policy;

import org.jspecify.annotations.NullMarked;
