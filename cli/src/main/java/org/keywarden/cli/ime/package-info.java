/** Commands about input methods. */
@NullMarked
package org.keywarden.cli.ime;

import org.jspecify.annotations.NullMarked;
