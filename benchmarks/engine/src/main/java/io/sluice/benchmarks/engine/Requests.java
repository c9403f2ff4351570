package io.sluice.benchmarks.engine;

import io.sluice.contract.CacheMode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Usage;
import java.util.List;
import java.util.Map;

/** Requests and outcomes as the ingress and the invoker write them. */
final class Requests {
    /** A Tuesday at noon UTC, epoch milliseconds. */
    static final long NOON = 1_790_078_400_000L;

    private static final String MODEL = "amazon.nova-micro-v1:0";

    private static final List<String> PROMPTS =
            List.of("01", "23", "45", "67", "89").stream().map(p -> p.repeat(32)).toList();

    private Requests() {}

    /** A minute and a day limit, nothing else. */
    static EffectivePolicy policy(long perMinute, long perDay) {
        return EffectivePolicy.builder()
                .version(1)
                .hash("ab".repeat(32))
                .tier("business")
                .requestsPerMinute(perMinute)
                .requestsPerDay(perDay)
                .priceVersion("2026-11")
                .build();
    }

    static RequestFacts request(
            String tenantId,
            String id,
            long atMillis,
            EffectivePolicy policy,
            CacheMode mode,
            long prompt) {
        return RequestFacts.builder()
                .tenantId(tenantId)
                .requestId(id)
                .receivedAtMillis(atMillis)
                .policy(policy)
                .model(MODEL)
                .promptHash(PROMPTS.get((int) prompt))
                .cacheMode(mode)
                .estimatedInputTokens(120)
                .maxTokens(512)
                .prices(Map.of(MODEL, ReservePrice.flat(35_000, 140_000)))
                .priority(Priority.NORMAL)
                .deadlineAtMillis(atMillis + 60_000)
                .labels(Labels.builder().endpoint("chat").build())
                .build();
    }

    static OutcomeFacts outcome(String tenantId, String id, long atMillis) {
        return OutcomeFacts.builder()
                .tenantId(tenantId)
                .requestId(id)
                .attempt(1)
                .finishedAtMillis(atMillis)
                .status(OutcomeStatus.SUCCEEDED)
                .model(MODEL)
                .stopReason("end_turn")
                .complete(true)
                .usage(Usage.of(90, 200))
                .costPicoUsd(90 * 35_000L + 200 * 140_000L)
                .priceVersion("2026-11")
                .latencyMillis(800)
                .build();
    }
}
