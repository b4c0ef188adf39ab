/**
 * What an engine needs in a sandbox, as data.
 *
 * <p>Thread: any. May use: {@code org.keywarden.proto}.
 */
@NullMarked
package org.keywarden.engine.profile;

import org.jspecify.annotations.NullMarked;
