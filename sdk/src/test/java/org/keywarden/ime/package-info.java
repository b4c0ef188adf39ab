/** What the conversations need of the Java SDK beside what is public. */
@NullMarked
package org.keywarden.ime;

import org.jspecify.annotations.NullMarked;
