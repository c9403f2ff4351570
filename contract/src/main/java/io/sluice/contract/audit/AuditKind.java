package io.sluice.contract.audit;

/** Which kind of event a transition answers to. */
public enum AuditKind {
    /** A request that was decided. */
    REQUEST("request"),
    /** The end of a call. */
    OUTCOME("outcome"),
    /** A command. */
    COMMAND("command");

    private final String wireName;

    AuditKind(String wireName) {
        this.wireName = wireName;
    }

    /** Its name in records. */
    public String wireName() {
        return wireName;
    }

    /**
     * The kind of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static AuditKind ofWireName(String name) {
        for (AuditKind kind : values()) {
            if (kind.wireName.equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind of audit record '" + name + "'");
    }
}
