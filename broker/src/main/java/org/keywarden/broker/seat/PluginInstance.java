package org.keywarden.broker.seat;

/** One run of a plugin's process; never reused while the broker runs. */
public record PluginInstance(long number) {}
