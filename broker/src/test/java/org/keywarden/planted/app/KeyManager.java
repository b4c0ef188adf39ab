package org.keywarden.planted.app;

/** A name that says nothing. */
final class KeyManager {}
