package io.sluice.pipeline.alert;

import io.sluice.contract.Alert;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Spending;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was seen of one tenant, as far as it takes to tell a crossing from what is above its line
 * already. The same observations in the same order give the same alerts with the same ids, wherever
 * it was written down and read back in between. Not thread-safe.
 */
public final class TenantWatch {
    private final BudgetWatch day;
    private final BudgetWatch month;
    private final SpendWatch spending;
    private final ServiceWatch service;
    private final UnpricedWatch unpriced;

    /** Nothing seen yet. */
    public TenantWatch() {
        this(new long[0], List.of());
    }

    /**
     * What {@link #numbers} and {@link #models} gave: the day's budget, the month's, spending by
     * hour, service by minute, the day of the models.
     */
    public TenantWatch(long[] numbers, List<String> models) {
        Longs from = new Longs(numbers);
        day = new BudgetWatch(Names.BUDGET_PER_DAY, Spending.Period.DAY, from);
        month = new BudgetWatch(Names.BUDGET_PER_MONTH, Spending.Period.MONTH, from);
        spending = new SpendWatch(from);
        service = new ServiceWatch(from);
        unpriced = new UnpricedWatch(from, models);
    }

    /** Takes in the next observation; gives an alert for each line it crosses. */
    public void observe(Observation seen, AlertRules rules, Consumer<Alert> out) {
        Raise raise =
                (kind, subject, details) ->
                        out.accept(
                                Alert.ofTenant(
                                        kind,
                                        seen.tenantId(),
                                        subject,
                                        seen.seq(),
                                        seen.atMillis(),
                                        details));
        day.observe(seen.day(), seen.atMillis(), rules.budgetPercents(), raise);
        month.observe(seen.month(), seen.atMillis(), rules.budgetPercents(), raise);
        spending.observe(seen, rules, raise);
        service.observe(seen, rules, raise);
        unpriced.observe(seen, raise);
    }

    /** Everything but names. */
    public long[] numbers() {
        Longs to = new Longs();
        day.write(to);
        month.write(to);
        spending.write(to);
        service.write(to);
        unpriced.write(to);
        return to.written();
    }

    /** The models without a price, in the order in which they were seen. */
    public List<String> models() {
        return unpriced.models();
    }
}
