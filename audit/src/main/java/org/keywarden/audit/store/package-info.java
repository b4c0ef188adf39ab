/**
 * The file operations of the log, few and small, so that each can be made to fail.
 *
 * <p>Thread: any for reading; writing belongs to one at a time. May use: the JDK.
 */
@NullMarked
package org.keywarden.audit.store;

import org.jspecify.annotations.NullMarked;
