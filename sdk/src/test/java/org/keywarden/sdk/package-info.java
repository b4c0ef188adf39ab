/** Every SDK's plugin, run as a process, has the conversations of {@code sdk/conversations}. */
@NullMarked
package org.keywarden.sdk;

import org.jspecify.annotations.NullMarked;
