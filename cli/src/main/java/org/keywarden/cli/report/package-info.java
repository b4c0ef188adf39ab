/**
 * The report of a grant log for auditors: what the records add up to, and one page of HTML that
 * says it.
 *
 * <p>Thread: one. May use: the modules {@code audit} and {@code proto}, {@link
 * org.keywarden.cli.Text}.
 */
@NullMarked
package org.keywarden.cli.report;

import org.jspecify.annotations.NullMarked;
