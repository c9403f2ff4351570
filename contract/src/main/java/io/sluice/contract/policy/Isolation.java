package io.sluice.contract.policy;

/** How much a tenant's data is kept apart from others'; decides nothing yet. */
public enum Isolation {
    /** Shared streams and tables, separated by key. */
    POOLED("pooled"),
    /** Resources of its own in a shared account. */
    SILO("silo"),
    /** A database of its own. */
    DATABASE("database");

    private final String wireName;

    Isolation(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policies. */
    public String wireName() {
        return wireName;
    }

    static Isolation ofWireName(String name) {
        for (Isolation value : values()) {
            if (value.wireName.equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException("unknown isolation '" + name + "'");
    }
}
