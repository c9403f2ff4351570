package io.sluice.ingress.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Granularity;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's limits and what the newest decision left of them. When its minute or its UTC day is
 * over, all of the limit is left again. What only running calls give back is told for a minute and
 * then not known.
 */
final class LimitsLeft {
    private static final long MINUTE = Granularity.MINUTE.lengthMillis();

    private final EffectivePolicy policy;
    private final long nowMillis;
    private final @Nullable Decision newest;

    /** Of the tenant's results, in any order. */
    LimitsLeft(EffectivePolicy policy, long nowMillis, List<ResultItem> results) {
        this.policy = policy;
        this.nowMillis = nowMillis;
        this.newest =
                results.stream()
                        .map(ResultItem::decision)
                        .filter(decision -> !decision.limits().isEmpty())
                        .max(Comparator.comparingLong(Decision::seq))
                        .orElse(null);
    }

    ArrayNode json() {
        ArrayNode limits = Json.object().arrayNode();
        limits.add(of(Names.REQUESTS_PER_MINUTE, policy.requestsPerMinute()));
        limits.add(of(Names.REQUESTS_PER_DAY, policy.requestsPerDay()));
        limits.add(of(Names.TOKENS_PER_MINUTE, policy.tokensPerMinute()));
        limits.add(of(Names.MAX_PENDING, policy.maxPending()));
        return limits;
    }

    private ObjectNode of(String name, long limit) {
        ObjectNode view = Json.object().put("name", name);
        if (limit == EffectivePolicy.UNLIMITED) {
            return view.putNull("limit");
        }
        view.put("limit", limit);
        if (newest == null) {
            return view.putNull("left");
        }
        boolean over = isOver(name, newest.decidedAtMillis());
        Optional<LimitStatus> told =
                newest.limits().stream().filter(l -> l.name().equals(name)).findFirst();
        if (over && !name.equals(Names.MAX_PENDING)) {
            return view.put("left", limit);
        }
        if (over || told.isEmpty()) {
            return view.putNull("left");
        }
        // The policy may have changed since.
        return view.put("left", Math.min(limit, told.get().remaining()))
                .put("as_of", Instant.ofEpochMilli(newest.decidedAtMillis()).toString());
    }

    private boolean isOver(String name, long decidedAtMillis) {
        return name.equals(Names.REQUESTS_PER_DAY)
                ? Granularity.DAY.windowStart(decidedAtMillis)
                        < Granularity.DAY.windowStart(nowMillis)
                : nowMillis - decidedAtMillis >= MINUTE;
    }
}
