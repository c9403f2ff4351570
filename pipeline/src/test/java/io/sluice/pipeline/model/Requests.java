package io.sluice.pipeline.model;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Route;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.PromptPayload;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Admitted requests as the tests need them. */
final class Requests {
    static final long NOW = 1_767_225_600_000L;
    static final String MODEL = "amazon.nova-micro-v1:0";

    private Requests() {}

    static AdmittedRequest admitted(String tenantId, String requestId) {
        return admitted(tenantId, requestId, MODEL, NOW + 60_000, 2);
    }

    static AdmittedRequest admitted(
            String tenantId, String requestId, String model, long deadline, int maxConcurrent) {
        RequestFacts facts =
                RequestFacts.builder()
                        .tenantId(tenantId)
                        .requestId(requestId)
                        .receivedAtMillis(NOW - 10)
                        .policy(policy(maxConcurrent))
                        .model(model)
                        .promptHash("hash")
                        .cacheMode(CacheMode.DEFAULT)
                        .estimatedInputTokens(10)
                        .maxTokens(100)
                        .priority(Priority.NORMAL)
                        .deadlineAtMillis(deadline)
                        .labels(Labels.builder().endpoint("chat").metadata(Map.of()).build())
                        .build();
        return new AdmittedRequest(
                RequestEvent.builder()
                        .facts(facts)
                        .payload(PromptPayload.ofUserText("hi", 100))
                        .traceparent("00-trace")
                        .build(),
                Decision.builder()
                        .outcome(Verdict.INVOKED)
                        .retryAfterMillis(-1)
                        .limits(List.of())
                        .policyVersion(1)
                        .decidedAtMillis(NOW - 5)
                        .seq(3)
                        .build());
    }

    /** The same on a route, with an answer to fall back on; null for none. */
    static AdmittedRequest routed(AdmittedRequest admitted, Route route, @Nullable String stale) {
        RequestEvent request = admitted.request();
        return new AdmittedRequest(
                request.toBuilder().facts(request.facts().toBuilder().route(route).build()).build(),
                admitted.decision(),
                List.of(),
                stale);
    }

    static AdmittedRequest downgraded(AdmittedRequest admitted, String model) {
        return new AdmittedRequest(
                admitted.request(), admitted.decision().toBuilder().downgradedTo(model).build());
    }

    private static EffectivePolicy policy(int maxConcurrent) {
        return EffectivePolicy.builder()
                .version(1)
                .hash("h")
                .tier("free")
                .requestsPerMinute(10)
                .requestsPerDay(1_000)
                .maxConcurrent(maxConcurrent)
                .cache(CacheRules.SHIPPED.withLlmTtlMillis(1_800_000))
                .priceVersion("p")
                .build();
    }
}
