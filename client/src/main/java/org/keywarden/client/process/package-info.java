/** The installed broker as a process: its command line, its start, its end. */
@NullMarked
package org.keywarden.client.process;

import org.jspecify.annotations.NullMarked;
