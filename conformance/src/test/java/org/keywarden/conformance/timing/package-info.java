/** Tests of how guesses are judged. */
@org.jspecify.annotations.NullMarked
package org.keywarden.conformance.timing;
