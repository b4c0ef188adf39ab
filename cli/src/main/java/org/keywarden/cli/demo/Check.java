package org.keywarden.cli.demo;

/** One guarantee, as the demonstration saw it kept or broken. */
record Check(String guarantee, String says, boolean kept) {}
