package io.sluice.pipeline.alert;

import io.sluice.contract.Alert;
import io.sluice.contract.Names;
import io.sluice.pipeline.budget.Spending;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What was seen of one tenant, as far as it takes to tell a crossing from what is above its line
 * already. The same observations in the same order give the same alerts with the same ids, wherever
 * it was written down and read back in between. Not thread-safe.
 */
public final class TenantWatch {
    /**
     * After so long without an event a tenant counts as new: longer than any month, and shorter
     * than this is kept, so that it makes no difference whether it was freed meanwhile.
     */
    private static final long NEW_AFTER_MILLIS = Duration.ofDays(35).toMillis();

    private final BudgetWatch day;
    private final BudgetWatch month;
    private final SpendWatch spending;
    private final ServiceWatch service;
    private final UnpricedWatch unpriced;
    private long sinceMillis;
    private long latestMillis;

    /** Nothing seen yet. */
    public TenantWatch() {
        this(new long[0], List.of());
    }

    /**
     * What {@link #numbers} and {@link #models} gave: the day's budget, the month's, spending by
     * hour, service by minute, the day of the models, when the tenant began and was seen last.
     */
    public TenantWatch(long[] numbers, List<String> models) {
        Longs from = new Longs(numbers);
        day = new BudgetWatch(Names.BUDGET_PER_DAY, Spending.Period.DAY, from);
        month = new BudgetWatch(Names.BUDGET_PER_MONTH, Spending.Period.MONTH, from);
        spending = new SpendWatch(from);
        service = new ServiceWatch(from);
        unpriced = new UnpricedWatch(from, models);
        sinceMillis = from.next();
        latestMillis = from.next();
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
        see(seen.atMillis());
        day.observe(seen.day(), sinceMillis, seen.atMillis(), rules.budgetPercents(), raise);
        month.observe(seen.month(), sinceMillis, seen.atMillis(), rules.budgetPercents(), raise);
        spending.observe(seen, rules, raise);
        service.observe(seen, rules, raise);
        unpriced.observe(seen, raise);
    }

    private void see(long atMillis) {
        if (atMillis - latestMillis > NEW_AFTER_MILLIS) {
            sinceMillis = atMillis;
        }
        latestMillis = Math.max(latestMillis, atMillis);
    }

    /** Everything but names. */
    public long[] numbers() {
        Longs to = new Longs();
        day.write(to);
        month.write(to);
        spending.write(to);
        service.write(to);
        unpriced.write(to);
        to.add(sinceMillis);
        to.add(latestMillis);
        return to.written();
    }

    /** The models without a price, in the order in which they were seen. */
    public List<String> models() {
        return unpriced.models();
    }
}
