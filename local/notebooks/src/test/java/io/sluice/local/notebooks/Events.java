package io.sluice.local.notebooks;

import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.ContentHash;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Event;
import io.sluice.contract.Labels;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.PromptPayload;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events and results as the product writes them. */
final class Events {
    private static final String PRICES = "2026-06-list";

    private Events() {}

    static String id(int number) {
        return String.format(Locale.ROOT, "req_01KADN8000ABCDEFGH%08d0123456789", number);
    }

    static byte[] bytes(Event event) {
        return EventJson.write(event);
    }

    static byte[] request(
            String tenant,
            String id,
            long receivedAtMillis,
            String model,
            String question,
            boolean task) {
        return bytes(
                RequestEvent.builder()
                        .facts(
                                RequestFacts.builder()
                                        .tenantId(tenant)
                                        .requestId(id)
                                        .receivedAtMillis(receivedAtMillis)
                                        .policy(policy())
                                        .model(model)
                                        .promptHash(
                                                hash(task ? "another each time " + id : question))
                                        .taskHash(task ? hash(question) : null)
                                        .cacheMode(CacheMode.DEFAULT)
                                        .estimatedInputTokens(100)
                                        .maxTokens(512)
                                        .priority(Priority.NORMAL)
                                        .deadlineAtMillis(receivedAtMillis + 60_000)
                                        .labels(labels(task))
                                        .build())
                        .payload(PromptPayload.ofUserText("\"type\":\"outcome\" 🌍", 512))
                        .build());
    }

    static OutcomeEvent outcome(World.Flight flight, boolean unpriced) {
        return OutcomeEvent.builder()
                .facts(
                        OutcomeFacts.builder()
                                .tenantId(flight.asked().tenant())
                                .requestId(flight.asked().id())
                                .attempt(flight.attempt())
                                .finishedAtMillis(flight.asked().decidedAtMillis() + 1)
                                .status(flight.status())
                                .model(flight.model())
                                .complete(flight.complete())
                                .stale(flight.stale())
                                .usage(Usage.of(100, 50))
                                .costPicoUsd(flight.cost())
                                .priceVersion(unpriced ? Names.UNPRICED_PRICE_VERSION : PRICES)
                                .latencyMillis(flight.latency())
                                .reason(flight.succeeded() ? null : Names.MODEL_ERROR)
                                .build())
                .payload(flight.succeeded() ? AnswerPayload.ofText("Hello", "end_turn") : null)
                .build();
    }

    /** The same once more, after another attempt that cost something. */
    static OutcomeEvent dearer(OutcomeEvent event) {
        OutcomeFacts facts = event.facts();
        return event.toBuilder()
                .facts(
                        facts.toBuilder()
                                .attempt(facts.attempt() + 1)
                                .costPicoUsd(facts.costPicoUsd() + 777)
                                .latencyMillis(facts.latencyMillis() + 1)
                                .build())
                .build();
    }

    static OutcomeEvent ofUnknownRequest(String tenant, int number) {
        return outcome(
                new World.Flight(
                        new World.Asked(tenant, id(90_000_000 + number), 1, "", ""),
                        io.sluice.contract.OutcomeStatus.SUCCEEDED,
                        "amazon.nova-pro-v1:0",
                        true,
                        false,
                        1,
                        5_000_000,
                        9),
                false);
    }

    /** What a later release may write, which readers of this one leave alone. */
    static byte[] ofAnotherVersion(Event event) {
        String text = new String(bytes(event), StandardCharsets.UTF_8);
        return text.replaceFirst("\"v\":1", "\"v\":2").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] command(String tenant) {
        return bytes(
                CommandEvent.builder()
                        .tenantId(tenant)
                        .commandId("cmd-1")
                        .name(Names.EXPIRE)
                        .build());
    }

    static ResultItem refused(World.Asked asked, String reason) {
        return result(asked, ResultStatus.REJECTED, Verdict.REJECTED, reason, null);
    }

    static ResultItem served(World.Asked asked, boolean coalesced, @Nullable String downgradedTo) {
        Verdict verdict = coalesced ? Verdict.COALESCED : Verdict.CACHE_HIT;
        return result(asked, ResultStatus.SUCCEEDED, verdict, null, downgradedTo);
    }

    static ResultItem called(World.Asked asked, boolean succeeded, @Nullable String downgradedTo) {
        ResultStatus status = succeeded ? ResultStatus.SUCCEEDED : ResultStatus.FAILED;
        return result(asked, status, Verdict.INVOKED, null, downgradedTo);
    }

    /** Who waited for a call that never ended. */
    static ResultItem lost(World.Asked asked) {
        return result(asked, ResultStatus.FAILED, Verdict.COALESCED, Names.MODEL_ERROR, null);
    }

    private static ResultItem result(
            World.Asked asked,
            ResultStatus status,
            Verdict verdict,
            @Nullable String reason,
            @Nullable String downgradedTo) {
        return ResultItem.builder()
                .tenantId(asked.tenant())
                .requestId(asked.id())
                .status(status)
                .decision(
                        Decision.builder()
                                .outcome(verdict)
                                .reason(reason)
                                .downgradedTo(downgradedTo)
                                .policyVersion(7)
                                .decidedAtMillis(asked.decidedAtMillis())
                                .seq(1)
                                .build())
                .usage(Usage.NONE)
                .costPicoUsd(0)
                .priceVersion(PRICES)
                .model(asked.model())
                .endpoint(Names.DEFAULT_ENDPOINT)
                .attempt(0)
                .latencyMillis(0)
                .receivedAtMillis(asked.decidedAtMillis())
                .finishedAtMillis(asked.decidedAtMillis())
                .expiresAtSeconds(asked.decidedAtMillis() / 1_000 + ResultItem.RETENTION_SECONDS)
                .build();
    }

    private static EffectivePolicy policy() {
        return EffectivePolicy.builder()
                .version(7)
                .hash("ab".repeat(32))
                .tier("business")
                .requestsPerMinute(100)
                .requestsPerDay(EffectivePolicy.UNLIMITED)
                .maxConcurrent(64)
                .cache(CacheRules.SHIPPED)
                .priceVersion(PRICES)
                .build();
    }

    private static Labels labels(boolean task) {
        return Labels.builder()
                .endpoint(Names.DEFAULT_ENDPOINT)
                .agentId(task ? "agent:1" : null)
                .metadata(Map.of())
                .build();
    }

    private static String hash(String text) {
        return ContentHash.of(text);
    }
}
