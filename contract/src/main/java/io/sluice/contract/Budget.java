package io.sluice.contract;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a tenant may spend in one calendar period, and what happens when it is spent. */
public final class Budget {
    private final long limitPicoUsd;
    private final BudgetAction action;
    private final @Nullable String downgradeTo;

    private Budget(long limitPicoUsd, BudgetAction action, @Nullable String downgradeTo) {
        if (limitPicoUsd < 0) {
            throw new IllegalArgumentException(
                    "a budget must not be negative: " + limitPicoUsd + " pico-USD");
        }
        if ((action == BudgetAction.DOWNGRADE) != (downgradeTo != null)) {
            throw new IllegalArgumentException(
                    "a budget names a cheaper model if and only if its action is downgrade");
        }
        this.limitPicoUsd = limitPicoUsd;
        this.action = Objects.requireNonNull(action, "action");
        this.downgradeTo = downgradeTo;
    }

    /**
     * A budget of that many 10^-12 USD; {@code downgradeTo} is the cheaper model if the action is
     * {@link BudgetAction#DOWNGRADE}, else null.
     *
     * @throws IllegalArgumentException if the parts do not fit together
     */
    public static Budget of(long limitPicoUsd, BudgetAction action, @Nullable String downgradeTo) {
        return new Budget(limitPicoUsd, action, downgradeTo);
    }

    /** The ceiling in 10^-12 USD, 0 or more. */
    public long limitPicoUsd() {
        return limitPicoUsd;
    }

    /** What happens to a request that does not fit. */
    public BudgetAction action() {
        return action;
    }

    /** The cheaper model that requests are turned to; null unless the action is to downgrade. */
    public @Nullable String downgradeTo() {
        return downgradeTo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Budget)) {
            return false;
        }
        Budget that = (Budget) other;
        return limitPicoUsd == that.limitPicoUsd
                && action == that.action
                && Objects.equals(downgradeTo, that.downgradeTo);
    }

    @Override
    public int hashCode() {
        return Objects.hash(limitPicoUsd, action, downgradeTo);
    }

    @Override
    public String toString() {
        return "Budget{limitPicoUsd="
                + limitPicoUsd
                + ", action="
                + action
                + ", downgradeTo="
                + downgradeTo
                + '}';
    }
}
