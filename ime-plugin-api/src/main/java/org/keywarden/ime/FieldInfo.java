package org.keywarden.ime;

import org.keywarden.proto.input.v1.Purpose;

/**
 * The field to compose in. It is never a secret one.
 *
 * @param purpose what it is for
 * @param learning whether what is typed here may be remembered
 */
public record FieldInfo(Purpose purpose, boolean learning) {}
