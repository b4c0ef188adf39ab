/** Classes that break the rules of {@code ArchitectureTest}, to show that each rule can fail. */
@NullMarked
package org.keywarden.planted;

import org.jspecify.annotations.NullMarked;
