package io.sluice.contract.audit;

import org.jspecify.annotations.Nullable;

/** The name of a field as it is written: quoted once, and with whom it was found in order. */
final class FieldName {
    private final String name;
    private final byte[] quoted;
    private @Nullable FieldName predecessor;

    /**
     * A name.
     *
     * @param quoted the name in quotes and the colon behind it, UTF-8; not copied
     */
    FieldName(String name, byte[] quoted) {
        this.name = name;
        this.quoted = quoted;
    }

    boolean is(String other) {
        return name.equals(other);
    }

    byte[] quoted() {
        return quoted;
    }

    /**
     * Makes sure that this name may follow that one in an object.
     *
     * @param before null if the object has no other yet
     * @throws IllegalStateException if it must come before it, or is the same
     */
    void comesAfter(@Nullable FieldName before) {
        if (before == null || before == predecessor) {
            return;
        }
        if (before.name.compareTo(name) >= 0) {
            throw new IllegalStateException(
                    "field '" + name + "' comes after '" + before.name + "' in canonical JSON");
        }
        predecessor = before;
    }
}
