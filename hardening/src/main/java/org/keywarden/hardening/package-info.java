/**
 * What every process of Keywarden's that sees keys, text or private keys does to keep its memory to
 * itself, and how JVMs are started. One list, {@link org.keywarden.hardening.Measure}, for all.
 */
@NullMarked
package org.keywarden.hardening;

import org.jspecify.annotations.NullMarked;
