package org.keywarden.broker.session;

/**
 * What a source of the lock says.
 *
 * @param name "logind", or the name of a screen saver on the session bus
 */
public record SourceReport(String name, SourceState state) {}
