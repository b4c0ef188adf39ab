package org.keywarden.broker.seat;

/**
 * One input field.
 *
 * @param host the application's connection, numbered by the broker
 * @param field the application's own number for the field
 */
public record FieldId(long host, long field) {}
