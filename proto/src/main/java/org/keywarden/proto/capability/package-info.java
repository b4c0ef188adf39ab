/** What both sides of a capability must frame alike, byte for byte, before they sign or verify. */
@NullMarked
package org.keywarden.proto.capability;

import org.jspecify.annotations.NullMarked;
