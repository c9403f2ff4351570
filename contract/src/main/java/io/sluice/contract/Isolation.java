package io.sluice.contract;

/**
 * How far a tenant's rows are kept apart from others'. What is in force for a tenant is said by its
 * entry, travels in its policy with every request, and is carried by every row that is written.
 */
public enum Isolation {
    /** Tables that tenants share, separated by the hash key. */
    POOLED("pooled"),
    /** Tables of its own, see {@link TenantTable}. */
    SILO("silo"),
    /** Tables of its own, and a relational database of its own where rows are mirrored into one. */
    DATABASE("database");

    private final String wireName;

    Isolation(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policies and rows. */
    public String wireName() {
        return wireName;
    }

    /** Whether the tenant has tables of its own. */
    public boolean ownTables() {
        return this != POOLED;
    }

    /** The isolation of that name; throws {@link IllegalArgumentException} if there is none. */
    public static Isolation ofWireName(String name) {
        for (Isolation value : values()) {
            if (value.wireName.equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown isolation '" + name + "', expected 'pooled', 'silo' or 'database'");
    }
}
