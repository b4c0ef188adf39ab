package org.keywarden.broker.seat;

/** What the seat wants done, in the order it wants it done. */
public sealed interface Effect permits HostEffect, PluginEffect, TrustedEffect, RecordEffect {}
