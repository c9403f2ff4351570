package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.usage.UsageSum;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Usage over the windows of a range, as lines to draw; cost also apart by a few names, all other
 * names together. Not thread-safe.
 */
final class Series {
    private final TimeRange range;
    private final long fromMillis;
    private final List<String> names;
    private final Function<UsageItem, String> nameOf;
    private final UsageSum[] windows;
    private final Map<String, BigInteger[]> costs = new HashMap<>();
    private final BigInteger[] otherCosts;

    Series(
            TimeRange range,
            long nowMillis,
            List<String> names,
            Function<UsageItem, String> nameOf) {
        this.range = range;
        this.fromMillis = range.fromMillis(nowMillis);
        this.names = names;
        this.nameOf = nameOf;
        this.windows =
                IntStream.range(0, range.windows())
                        .mapToObj(i -> new UsageSum())
                        .toArray(UsageSum[]::new);
        this.otherCosts = zeros();
        names.forEach(name -> costs.put(name, zeros()));
    }

    Series addAll(Iterable<UsageItem> items) {
        items.forEach(this::add);
        return this;
    }

    private void add(UsageItem item) {
        long since = item.key().windowStartMillis() - fromMillis;
        long at = Math.floorDiv(since, range.granularity().lengthMillis());
        if (at < 0 || at >= windows.length) {
            return;
        }
        int index = (int) at;
        windows[index].add(item.counts());
        BigInteger[] line = costs.getOrDefault(nameOf.apply(item), otherCosts);
        line[index] = line[index].add(BigInteger.valueOf(item.counts().costPicoUsd()));
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        ArrayNode starts = json.putArray("starts");
        ArrayNode admitted = json.putArray("admitted");
        ArrayNode rejected = json.putArray("rejected");
        ArrayNode hits = json.putArray("cache_hits");
        for (int i = 0; i < windows.length; i++) {
            starts.add((fromMillis + i * range.granularity().lengthMillis()) / 1_000);
            admitted.add(windows[i].admitted());
            rejected.add(windows[i].rejected());
            hits.add(windows[i].cacheHits());
        }
        ArrayNode lines = json.putArray("costs");
        for (String name : names) {
            lines.add(line(costs.getOrDefault(name, otherCosts)).put("name", name));
        }
        if (Arrays.stream(otherCosts).anyMatch(cost -> cost.signum() != 0)) {
            lines.add(line(otherCosts).putNull("name"));
        }
        return json;
    }

    private static ObjectNode line(BigInteger[] costs) {
        ObjectNode line = Json.object();
        ArrayNode usd = line.putArray("cost_usd");
        Arrays.stream(costs).forEach(cost -> usd.add(UsageSum.usd(cost)));
        return line;
    }

    private BigInteger[] zeros() {
        BigInteger[] zeros = new BigInteger[range.windows()];
        Arrays.fill(zeros, BigInteger.ZERO);
        return zeros;
    }
}
