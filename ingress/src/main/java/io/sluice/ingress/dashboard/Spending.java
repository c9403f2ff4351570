package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Budget;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.usage.UsageSum;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's spend of the UTC day and month against its budgets, settled calls only: what running
 * calls hold is known to the engine alone.
 */
final class Spending {
    private static final BigInteger PERMILLE = BigInteger.valueOf(1_000);

    private final Tenant tenant;
    private final long nowMillis;
    private BigInteger today = BigInteger.ZERO;
    private BigInteger month = BigInteger.ZERO;

    /** Of the windows of days given. */
    Spending(Tenant tenant, long nowMillis, Iterable<UsageItem> days) {
        this.tenant = tenant;
        this.nowMillis = nowMillis;
        long dayStart = Granularity.DAY.windowStart(nowMillis);
        long monthStart = Projection.monthStart(nowMillis);
        long monthEnd = Projection.monthEnd(nowMillis);
        for (UsageItem day : days) {
            long start = day.key().windowStartMillis();
            BigInteger cost = BigInteger.valueOf(day.counts().costPicoUsd());
            if (start == dayStart) {
                today = today.add(cost);
            }
            if (start >= monthStart && start < monthEnd) {
                month = month.add(cost);
            }
        }
    }

    ObjectNode json() {
        BigInteger projected =
                Projection.ofMonth(month, tenant.item().createdAtMillis(), nowMillis);
        ObjectNode json = Json.object();
        json.set("today", part(today, tenant.policy().dayBudget()));
        Budget budget = tenant.policy().monthBudget();
        ObjectNode ofMonth = part(month, budget).put("projected_usd", UsageSum.usd(projected));
        if (budget != null) {
            ofMonth.put(
                    "projected_over_budget",
                    projected.compareTo(BigInteger.valueOf(budget.limitPicoUsd())) > 0);
        }
        json.set("month", ofMonth);
        return json;
    }

    private static ObjectNode part(BigInteger spent, @Nullable Budget budget) {
        ObjectNode part = Json.object().put("spent_usd", UsageSum.usd(spent));
        if (budget == null) {
            return part.putNull("budget_usd");
        }
        BigInteger limit = BigInteger.valueOf(budget.limitPicoUsd());
        part.put("budget_usd", UsageSum.usd(limit))
                .put("left_usd", UsageSum.usd(limit.subtract(spent).max(BigInteger.ZERO)))
                .put("action", budget.action().wireName());
        return limit.signum() == 0
                ? part
                : part.put("used_permille", spent.multiply(PERMILLE).divide(limit).longValue());
    }
}
