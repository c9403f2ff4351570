package io.sluice.contract;

/** What happens to a request that does not fit into a budget. */
public enum BudgetAction {
    /** It is refused: a hard ceiling. */
    BLOCK("block"),
    /** It is admitted and says so. */
    WARN("warn"),
    /** It is turned to a cheaper model. */
    DOWNGRADE("downgrade");

    private final String wireName;

    BudgetAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire and in tables. */
    public String wireName() {
        return wireName;
    }

    /**
     * The value of that wire name.
     *
     * @throws IllegalArgumentException if there is none, naming what was seen and what is known
     */
    public static BudgetAction ofWireName(String wireName) {
        for (BudgetAction value : values()) {
            if (value.wireName.equals(wireName)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                "unknown BudgetAction '"
                        + wireName
                        + "', expected one of "
                        + java.util.Arrays.stream(values())
                                .map(BudgetAction::wireName)
                                .collect(java.util.stream.Collectors.joining(", ")));
    }
}
