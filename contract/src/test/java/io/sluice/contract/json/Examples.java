package io.sluice.contract.json;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Candidate;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.DeadLetterItem;
import io.sluice.contract.DeadLetterReason;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Granularity;
import io.sluice.contract.Labels;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.TenantItem;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.Verdict;
import java.util.List;
import java.util.Map;

/** One of each record, every field set to a value of its own. */
final class Examples {
    private static final long NOON = 1_795_435_200_000L;
    private static final String MODEL = "anthropic.claude-haiku-4-5-20251001-v1:0";
    private static final String ID = "req_01KADN8000ABCDEFGHJKMNPQRS0123456789";
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private Examples() {}

    static EffectivePolicy policy() {
        return EffectivePolicy.builder()
                .version(7)
                .hash("ab".repeat(32))
                .tier("business")
                .requestsPerMinute(100)
                .requestsPerDay(EffectivePolicy.UNLIMITED)
                .maxConcurrent(64)
                .cache(CacheRules.SHIPPED)
                .priceVersion("2026-06-list")
                .build();
    }

    static RequestEvent request() {
        return RequestEvent.builder()
                .facts(
                        RequestFacts.builder()
                                .tenantId("acme")
                                .requestId(ID)
                                .receivedAtMillis(NOON)
                                .policy(policy())
                                .model(MODEL)
                                .promptHash("cd".repeat(32))
                                .cacheMode(CacheMode.REFRESH)
                                .estimatedInputTokens(123)
                                .maxTokens(512)
                                .priority(Priority.HIGH)
                                .deadlineAtMillis(NOON + 60_000)
                                .labels(
                                        Labels.builder()
                                                .endpoint("chat")
                                                .agentId("agent-1")
                                                .userId("u@example.org")
                                                .session("s:1")
                                                .metadata(
                                                        Map.of(
                                                                "cost_center",
                                                                "cc-9",
                                                                "team",
                                                                "red"))
                                                .build())
                                .build())
                .payload(PromptPayload.ofUserText("Grüße, 🌍 \"quoted\"\n", 512))
                .traceparent(TRACE)
                .build();
    }

    /** A request whose policy routes it. */
    static RequestEvent routedRequest() {
        return request().toBuilder()
                .facts(request().facts().toBuilder().route(route()).build())
                .build();
    }

    static Route route() {
        return new Route(
                List.of(
                        new Candidate(
                                Target.of(MODEL, "us-east-1", ServiceTier.PRIORITY),
                                0,
                                3,
                                new TargetQuota(2_000_000, 500, 40, 4)),
                        Candidate.of(Target.of(MODEL)),
                        new Candidate(Target.of("us." + MODEL), 1, 1, TargetQuota.ofModel(MODEL))),
                86_400_000,
                Candidate.of(Target.of("amazon.nova-micro-v1:0")));
    }

    static OutcomeEvent outcome() {
        return OutcomeEvent.builder()
                .facts(
                        OutcomeFacts.builder()
                                .tenantId("acme")
                                .requestId(ID)
                                .attempt(2)
                                .finishedAtMillis(NOON + 850)
                                .status(OutcomeStatus.SUCCEEDED)
                                .reason("none")
                                .model(MODEL)
                                .stopReason("end_turn")
                                .complete(true)
                                .usage(usage())
                                .costPicoUsd(61_600_000)
                                .priceVersion("2026-06-list")
                                .latencyMillis(800)
                                .build())
                .payload(AnswerPayload.ofText("Hello", "end_turn"))
                .traceparent(TRACE)
                .build();
    }

    static CommandEvent command() {
        return CommandEvent.builder()
                .tenantId("acme")
                .commandId("cmd-1")
                .name("expire-hold")
                .subject(ID)
                .traceparent(TRACE)
                .build();
    }

    static ResultItem result() {
        return ResultItem.builder()
                .tenantId("acme")
                .requestId(ID)
                .status(ResultStatus.FAILED)
                .decision(
                        Decision.builder()
                                .outcome(Verdict.INVOKED)
                                .reason(Names.MODEL_ERROR)
                                .retryAfterMillis(1_500)
                                .limits(
                                        List.of(
                                                LimitStatus.builder()
                                                        .name(Names.REQUESTS_PER_MINUTE)
                                                        .limit(100)
                                                        .remaining(99)
                                                        .resetMillis(60_000)
                                                        .build()))
                                .policyVersion(7)
                                .decidedAtMillis(NOON + 5)
                                .seq(42)
                                .clockAdjusted(true)
                                .build())
                .output(AnswerPayload.ofText("Hello", "end_turn"))
                .usage(usage())
                .costPicoUsd(61_600_000)
                .priceVersion("2026-06-list")
                .model(MODEL)
                .endpoint("chat")
                .attempt(2)
                .latencyMillis(800)
                .receivedAtMillis(NOON)
                .finishedAtMillis(NOON + 850)
                .expiresAtSeconds(NOON / 1_000 + ResultItem.RETENTION_SECONDS)
                .build();
    }

    /** A result that says which target answered, and that it did so earlier. */
    static ResultItem targetedResult() {
        return result().toBuilder()
                .region("us-east-1")
                .serviceTier(ServiceTier.FLEX)
                .stale(true)
                .build();
    }

    static OutcomeEvent staleOutcome() {
        return outcome().toBuilder()
                .facts(outcome().facts().toBuilder().stale(true).build())
                .build();
    }

    static ResultItem duplicate() {
        return result().toBuilder()
                .status(ResultStatus.SUCCEEDED)
                .possibleDuplicate(true)
                .providerCostPicoUsd(61_600_005)
                .estimatedCostPicoUsd(77_000_000)
                .build();
    }

    static AttemptItem claim() {
        return AttemptItem.builder()
                .tenantId("acme")
                .requestId(ID)
                .attempt(2)
                .runId("run-1")
                .target("us-east-1/" + MODEL + "/default")
                .model(MODEL)
                .claimedAtMillis(NOON + 50)
                .endsByMillis(NOON + 300_050)
                .expiresAtSeconds(NOON / 1_000 + AttemptItem.RETENTION_SECONDS)
                .build();
    }

    static AttemptItem attempt() {
        return claim().finished(
                        AttemptEnd.builder()
                                .finishedAtMillis(NOON + 850)
                                .finishedBy("run-2")
                                .status(OutcomeStatus.FAILED)
                                .reason("interrupted")
                                .stopReason("end_turn")
                                .usage(usage())
                                .costPicoUsd(61_600_000)
                                .priceVersion("2026-06-list")
                                .latencyMillis(800)
                                .output(AnswerPayload.ofText("Hello", "end_turn"))
                                .ambiguous(true)
                                .estimated(true)
                                .build());
    }

    static SessionItem session() {
        return SessionItem.builder()
                .tenantId("acme")
                .key(SessionKey.of("u:1", "s@2"))
                .turns(List.of("{\"messages\":[]}"))
                .turnCount(3)
                .tokens(421)
                .updatedAtMillis(NOON)
                .expiresAtSeconds(NOON / 1_000 + 86_400)
                .version(9)
                .build();
    }

    static UsageItem usageItem() {
        return UsageItem.builder()
                .tenantId("acme")
                .key(
                        UsageKey.builder()
                                .granularity(Granularity.HOUR)
                                .windowStartMillis(NOON)
                                .model(MODEL)
                                .endpoint("chat")
                                .agentId("agent-1")
                                .costCenter("cc-9")
                                .build())
                .counts(
                        UsageCounts.builder()
                                .requests(11)
                                .admitted(10)
                                .rejected(1)
                                .cacheHits(3)
                                .coalesced(2)
                                .failed(4)
                                .inputTokens(100)
                                .outputTokens(200)
                                .cacheReadTokens(5)
                                .cacheWriteTokens(6)
                                .costPicoUsd(9_007_199_254_740_993L)
                                .build())
                .version(42)
                .build();
    }

    static TenantItem tenant() {
        return TenantItem.builder()
                .tenantId("acme")
                .tier("business")
                .overrides("{\"max_concurrent\":8,\"requests_per_minute\":250}")
                .policyVersion(7)
                .suspended(true)
                .deleted(true)
                .createdAtMillis(NOON)
                .build();
    }

    /** As tenants are since policies can set more than numbers. */
    static TenantItem tenantOfPolicy() {
        return tenant().toBuilder()
                .overrides(
                        "{\"budget_per_day_usd\":{\"action\":\"warn\",\"limit\":\"2.5\"},"
                                + "\"cache\":{\"llm_ttl_seconds\":0.5},"
                                + "\"requests_per_minute\":\"unlimited\"}")
                .tierByPolicy(true)
                .policyHash("ef".repeat(32))
                .build();
    }

    static ApiKeyItem key() {
        return ApiKeyItem.builder()
                .tenantId("acme")
                .keyId("abcd2345")
                .salt("00".repeat(16))
                .hash("ef".repeat(32))
                .label("first")
                .createdAtMillis(NOON)
                .expiresAtMillis(NOON + 86_400_000)
                .build();
    }

    static DeadLetter deadLetter() {
        return DeadLetter.builder().reason("malformed-json").detail("event.v: missing").stream(
                        Names.EVENTS_STREAM)
                .shardId("shardId-000000000001")
                .sequenceNumber("49590338271490256608559692538361571095921575989136588898")
                .partitionKey("acme")
                .arrivedAtMillis(NOON)
                .raw("bm90IGpzb24=")
                .build();
    }

    /** Of a request whose calls failed. */
    static DeadLetter exhausted() {
        return DeadLetter.builder()
                .reason(DeadLetterReason.EXHAUSTED.wireName())
                .detail("model-error after 3 attempts")
                .partitionKey("acme")
                .requestId("req_1")
                .attempts(3)
                .lastError("unavailable 503 ServiceUnavailableException")
                .arrivedAtMillis(NOON)
                .diedAtMillis(NOON + 4_000)
                .raw("bm90IGpzb24=")
                .build();
    }

    static DeadLetterItem redriven() {
        return DeadLetterItem.stored(
                exhausted().toBuilder().raw("").build(), 8, 1, "req_2", NOON + 60_000, true);
    }

    /** As results are since usage tells for how long the cache was written, and who counted. */
    static ResultItem estimatedResult() {
        return result().toBuilder()
                .usage(usage().toBuilder().cacheWrite1hTokens(1).estimated(true).build())
                .build();
    }

    private static Usage usage() {
        return Usage.builder()
                .inputTokens(21)
                .outputTokens(7)
                .cacheReadTokens(3)
                .cacheWriteTokens(4)
                .build();
    }
}
