package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.ReservePrice;
import java.util.List;
import java.util.Map;

/** The models that schedules ask for, with prices that are easy to exhaust exactly. */
final class Models {
    /** Dearer above 100 and again above 1,000 input tokens. */
    static final String LONG = "vendor.long-context-v1:0";

    static final String CHEAP = "vendor.cheap-v1:0";

    /** One token costs one 10^-12 USD. */
    static final String UNIT = "vendor.unit";

    static final String FREE = "vendor.free";
    static final String UNPRICED = "vendor.unpriced-v1:0";

    static final List<String> ALL = List.of(LONG, CHEAP, UNIT, UNIT, FREE, UNPRICED);

    static final Map<String, ReservePrice> PRICES =
            Map.of(
                    LONG,
                    ReservePrice.of(
                            new long[] {-1, 100, 1_000},
                            new long[] {30, 60, 90},
                            new long[] {150, 225, 200}),
                    CHEAP,
                    ReservePrice.flat(3, 12),
                    UNIT,
                    ReservePrice.flat(1, 1),
                    FREE,
                    ReservePrice.flat(0, 0));

    private Models() {}

    static Budget block(long limitPicoUsd) {
        return Budget.of(limitPicoUsd, BudgetAction.BLOCK, null);
    }
}
