/** The probes against the installed broker. */
@org.jspecify.annotations.NullMarked
package org.keywarden.conformance.probe;
