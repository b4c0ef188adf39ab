package org.keywarden.broker.seat;

/**
 * How a field's client behaves, for the life of the field.
 *
 * @param announces whether a content type can be expected; if not, the field is of the class
 *     "unannounced"
 * @param resetMayHideFocus whether a reset may be all the client says when focus moved to a field
 *     that takes no input method (Qt)
 * @param focusMayBeEcho whether text it is given may make the client say that the focus moved
 *     (compositors: Chromium turns its text input off and on)
 */
public record FieldTraits(boolean announces, boolean resetMayHideFocus, boolean focusMayBeEcho) {}
