package io.sluice.pipeline.alert;

import io.sluice.contract.Alert;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.List;

/** A tenant's log by hand: each event is the next in number, at the time set last. */
public final class Seen {
    public static final long MIDNIGHT = 1_772_323_200_000L; // 2026-03-01, the first of 31 days
    public static final long HOUR = 3_600_000;
    public static final long DAY = 24 * HOUR;
    public static final long USD = 1_000_000_000_000L;

    private final String tenantId;
    public long atMillis = MIDNIGHT;
    public long dayLimit = BudgetUse.UNLIMITED;
    public long monthLimit = BudgetUse.UNLIMITED;
    private long seq;
    private long daySpent;
    private long monthSpent;
    private long day = MIDNIGHT;

    public Seen(String tenantId) {
        this.tenantId = tenantId;
    }

    public Observation admitted() {
        return next().decided(Verdict.INVOKED, null).model("m", false).build();
    }

    public Observation unpriced(String model) {
        return next().decided(Verdict.INVOKED, null).model(model, true).build();
    }

    public Observation rejected(String reason) {
        return next().decided(Verdict.REJECTED, reason).model("m", false).build();
    }

    public Observation answered(long costPicoUsd, long latencyMillis) {
        daySpent = today() == day ? daySpent + costPicoUsd : costPicoUsd;
        day = today();
        monthSpent += costPicoUsd;
        return next().ended(true, null)
                .model("m", false)
                .call(costPicoUsd, latencyMillis, Usage.of(10, 20))
                .build();
    }

    public Observation failed(String reason) {
        return next().ended(false, reason).model("m", false).build();
    }

    private long today() {
        return atMillis - Math.floorMod(atMillis, DAY);
    }

    private Observation.Builder next() {
        seq++;
        return Observation.builder()
                .tenant(tenantId, "free")
                .event(seq, atMillis)
                .budgets(
                        new BudgetUse(today(), today() == day ? daySpent : 0, dayLimit),
                        new BudgetUse(MIDNIGHT, monthSpent, monthLimit));
    }

    /** The alerts of these, by a watch that has seen nothing else. */
    static List<Alert> alerts(AlertRules rules, List<Observation> observations) {
        List<Alert> alerts = new ArrayList<>();
        TenantWatch watch = new TenantWatch();
        observations.forEach(seen -> watch.observe(seen, rules, alerts::add));
        return alerts;
    }
}
