package org.keywarden.ibus.component;

/**
 * An engine, as its component's file or listing describes it. What is not there is empty.
 *
 * @param name what it is asked for by
 * @param longname for people
 * @param language ISO 639, or "other"
 * @param layout XKB's layout that it is made for, "default" if any will do
 * @param symbol a sign or two for little room
 * @param rank higher is better among those of one language
 * @param setup the command line of its settings
 */
public record EngineDescription(
    String name,
    String longname,
    String language,
    String layout,
    String variant,
    String symbol,
    int rank,
    String setup) {}
