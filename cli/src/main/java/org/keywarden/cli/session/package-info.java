/** Commands of a session: run the broker, see what it does, say which applications may compose. */
@NullMarked
package org.keywarden.cli.session;

import org.jspecify.annotations.NullMarked;
