package io.sluice.pipeline.enforce;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Usage;

/** Contract values with every required field filled, for tests to vary. */
public final class Facts {
    /** A Tuesday at noon UTC, epoch milliseconds. */
    public static final long NOON = 1_790_078_400_000L;

    /** The tenant of everything made here. */
    public static final String TENANT = "acme";

    /** The model of everything made here. */
    public static final String MODEL = "amazon.nova-micro-v1:0";

    private Facts() {}

    /** Version 1, without limits, without cache. */
    public static EffectivePolicy.Builder policy() {
        return EffectivePolicy.builder()
                .version(1)
                .hash("p1")
                .tier("free")
                .requestsPerMinute(EffectivePolicy.UNLIMITED)
                .requestsPerDay(EffectivePolicy.UNLIMITED)
                .maxConcurrent(4)
                .cache(CacheRules.SHIPPED.withLlmTtlMillis(0))
                .priceVersion("2026-11");
    }

    /** Labels of that endpoint and no more. */
    public static Labels labels(String endpoint) {
        return Labels.builder().endpoint(endpoint).build();
    }

    /** A request under {@link #policy()} that asks a thing of its own. */
    public static RequestFacts.Builder request(String id, long receivedAtMillis) {
        return RequestFacts.builder()
                .tenantId(TENANT)
                .requestId(id)
                .receivedAtMillis(receivedAtMillis)
                .policy(policy().build())
                .model(MODEL)
                .promptHash("hash-" + id)
                .cacheMode(CacheMode.DEFAULT)
                .estimatedInputTokens(10)
                .maxTokens(100)
                .priority(Priority.NORMAL)
                .deadlineAtMillis(receivedAtMillis)
                .labels(labels("chat"));
    }

    /** A whole answer of 10 and 20 tokens for 30 * 10^-12 USD. */
    public static OutcomeFacts.Builder succeeded(String id) {
        return OutcomeFacts.builder()
                .tenantId(TENANT)
                .requestId(id)
                .attempt(1)
                .finishedAtMillis(NOON)
                .status(OutcomeStatus.SUCCEEDED)
                .model(MODEL)
                .stopReason("end_turn")
                .complete(true)
                .usage(Usage.of(10, 20))
                .costPicoUsd(30)
                .priceVersion("2026-11")
                .latencyMillis(5);
    }

    /** A failure that cost nothing. */
    public static OutcomeFacts.Builder failed(String id) {
        return succeeded(id)
                .status(OutcomeStatus.FAILED)
                .reason("model-error")
                .stopReason(null)
                .complete(false)
                .usage(Usage.NONE)
                .costPicoUsd(0);
    }

    /** The request in its envelope. */
    public static RequestEvent event(RequestFacts facts) {
        return RequestEvent.builder().facts(facts).payload(prompt(facts.requestId())).build();
    }

    /** The outcome in its envelope; only a success has an answer. */
    public static OutcomeEvent event(OutcomeFacts facts) {
        boolean succeeded = facts.status() == OutcomeStatus.SUCCEEDED;
        return OutcomeEvent.builder()
                .facts(facts)
                .payload(succeeded ? answer(facts.requestId()) : null)
                .build();
    }

    /** The text of a request. */
    public static String prompt(String id) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"prompt of "
                + id
                + "\"}]}]}";
    }

    /** The text of its answer. */
    public static String answer(String id) {
        return "{\"text\":\"answer of " + id + "\"}";
    }

    /** A command that nobody knows. */
    public static CommandEvent command(String tenantId, String id) {
        return CommandEvent.builder().tenantId(tenantId).commandId(id).name("unknown").build();
    }
}
