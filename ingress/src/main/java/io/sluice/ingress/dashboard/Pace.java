package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Granularity;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.usage.UsageSum;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * How fast requests and money go: over the last whole minute and the current one so far, which is
 * the newest that usage windows can tell. Rounded down.
 */
final class Pace {
    private static final int PLACES = 2;
    private static final long MINUTE = Granularity.MINUTE.lengthMillis();

    private final long sinceMillis;
    private final long nowMillis;
    private final UsageSum sum = new UsageSum();

    Pace(long nowMillis) {
        this.nowMillis = nowMillis;
        this.sinceMillis = Granularity.MINUTE.windowStart(nowMillis) - MINUTE;
    }

    /** Adds minutes; others than those two do not count. */
    Pace addAll(Iterable<UsageItem> minutes) {
        for (UsageItem item : minutes) {
            if (item.key().windowStartMillis() >= sinceMillis) {
                sum.add(item.counts());
            }
        }
        return this;
    }

    ObjectNode json() {
        long elapsed = nowMillis - sinceMillis;
        return Json.object()
                .put(
                        "requests_per_second",
                        BigDecimal.valueOf(sum.requests() * 1_000)
                                .divide(BigDecimal.valueOf(elapsed), PLACES, RoundingMode.DOWN)
                                .toPlainString())
                .put(
                        "cost_usd_per_minute",
                        UsageSum.usd(
                                sum.costPicoUsd()
                                        .multiply(BigInteger.valueOf(MINUTE))
                                        .divide(BigInteger.valueOf(elapsed))))
                .put("seconds", elapsed / 1_000);
    }
}
