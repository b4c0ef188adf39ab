/**
 * IBus's panel: the program that shows candidates beside the cursor, and the menu of input methods.
 * It is a role that the broker gives to one process it knows by more than its word. It is told of
 * the field that composes and of no other ({@code PanelView} alone decides that), and what it asks
 * for is taken as the user's act.
 *
 * <p>Thread: the seat's. May use: {@code bus}, {@code org.keywarden.ibus}, {@code seat}, {@code
 * process}.
 */
@NullMarked
package org.keywarden.broker.frontdoor.ibus.panel;

import org.jspecify.annotations.NullMarked;
