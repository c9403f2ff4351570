package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.usage.UsageSum;

/** What all windows of a view add up to. */
final class Totals {
    private static final long PERMYRIAD = 10_000;

    private Totals() {}

    /** With the share of cache hits among the admitted, in hundredths of a per cent. */
    static ObjectNode of(Iterable<UsageItem> items) {
        UsageSum sum = new UsageSum();
        items.forEach(item -> sum.add(item.counts()));
        ObjectNode totals = sum.writeTo(Json.object());
        return sum.admitted() == 0
                ? totals.putNull("cache_hit_permyriad")
                : totals.put("cache_hit_permyriad", sum.cacheHits() * PERMYRIAD / sum.admitted());
    }
}
