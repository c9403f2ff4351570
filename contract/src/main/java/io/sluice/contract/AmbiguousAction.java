package io.sluice.contract;

/** What happens to a request whose call may have been made by a run that died meanwhile. */
public enum AmbiguousAction {
    /** It is called again and its result is marked as a possible duplicate. */
    RETRY("retry"),
    /** It ends as failed: nothing is called that may have been called before. */
    FAIL("fail");

    private final String wireName;

    AmbiguousAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name in policies and requests. */
    public String wireName() {
        return wireName;
    }

    /** The action of that name; throws if there is none. */
    public static AmbiguousAction ofWireName(String name) {
        for (AmbiguousAction value : values()) {
            if (value.wireName.equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown action '" + name + "', expected 'retry' or 'fail'");
    }
}
