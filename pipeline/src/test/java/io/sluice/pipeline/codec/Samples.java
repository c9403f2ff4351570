package io.sluice.pipeline.codec;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.Candidate;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.SessionItem;
import io.sluice.contract.SessionKey;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.Verdict;
import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.BudgetUse;
import io.sluice.pipeline.alert.CircuitOpened;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.alert.TenantWatch;
import io.sluice.pipeline.budget.Spending;
import io.sluice.pipeline.cache.CacheEntry;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import io.sluice.pipeline.dedupe.SeenChunk;
import io.sluice.pipeline.dedupe.SeenIds;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.Facts;
import io.sluice.pipeline.enforce.Hold;
import io.sluice.pipeline.enforce.Holds;
import io.sluice.pipeline.enforce.LogRecord;
import io.sluice.pipeline.enforce.StreamRecord;
import io.sluice.pipeline.enforce.TenantCore;
import io.sluice.pipeline.limit.DayCount;
import io.sluice.pipeline.limit.SlidingLog;
import io.sluice.pipeline.session.Conversation;
import io.sluice.pipeline.usage.Dimensions;
import io.sluice.pipeline.usage.LabelBook;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import io.sluice.sinks.relational.MirrorRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * One value of every type that has a codec; golden files hold exactly these, so they never change.
 */
final class Samples {
    /** A value, its type, and the name of its golden file. */
    record Sample<T>(String name, TypeInformation<T> type, T value) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final long NOON = Facts.NOON;

    private Samples() {}

    static List<Sample<?>> all() {
        List<Sample<?>> all = new ArrayList<>(state());
        all.add(
                new Sample<>(
                        "usage-change",
                        Types.USAGE_CHANGE,
                        new UsageChange(
                                "acme", labels(), NOON, NOON + 5, counts(), 9, Isolation.SILO)));
        all.add(new Sample<>("command-event", Types.COMMAND_EVENT, Facts.command("acme", "c1")));
        all.add(new Sample<>("stream-record", Types.STREAM_RECORD, streamRecord()));
        all.add(new Sample<>("log-record", Types.LOG_RECORD, logRecord()));
        all.add(new Sample<>("outcome-event", Types.OUTCOME_EVENT, outcome()));
        all.add(new Sample<>("call-end", Types.CALL_END, CallEnd.of(outcome())));
        all.add(
                new Sample<>(
                        "call-end-letter",
                        Types.CALL_END,
                        CallEnd.of(outcome(), requestLetter())
                                .standing(result())
                                .telling(List.of(new CircuitOpened("m@us-east-1", NOON)))));
        all.add(new Sample<>("dead-letter-request", Types.DEAD_LETTER, requestLetter()));
        all.add(new Sample<>("call-order-start", Types.CALL_ORDER, CallOrder.start(admitted())));
        all.add(
                new Sample<>(
                        "call-order-withdrawal",
                        Types.CALL_ORDER,
                        CallOrder.withdrawal("acme", "r1")));
        all.add(new Sample<>("observation-request", Types.OBSERVATION, seenRequest()));
        all.add(new Sample<>("observation-end", Types.OBSERVATION, seenEnd()));
        all.add(new Sample<>("alert", Types.ALERT, alert()));
        all.add(
                new Sample<>(
                        "audit-record",
                        Types.AUDIT_RECORD,
                        AuditRecord.seal(
                                "acme", 7, AuditKind.OUTCOME, NOON, new byte[] {'{', '}'})));
        all.add(new Sample<>("policy", Types.POLICY, policy()));
        all.add(new Sample<>("result-item", Types.RESULT_ITEM, result()));
        all.add(new Sample<>("usage-item", Types.USAGE_ITEM, usageItem()));
        all.add(
                new Sample<>(
                        "mirror-row-usage", Types.MIRROR_ROW, MirrorRow.of(usageItem(), false)));
        all.add(new Sample<>("mirror-row-result", Types.MIRROR_ROW, MirrorRow.of(result(), true)));
        all.add(new Sample<>("session-item", Types.SESSION_ITEM, session()));
        all.add(new Sample<>("dead-letter", Types.DEAD_LETTER, deadLetter()));
        all.add(
                new Sample<>(
                        "metric-sample",
                        Types.METRIC_SAMPLE,
                        MetricSample.cost("acme", "m", NOON, 42)));
        return all;
    }

    private static SessionItem session() {
        return SessionItem.builder()
                .tenantId("acme")
                .key(SessionKey.of("u", "s"))
                .turns(List.of("{\"messages\":[]}", "{}"))
                .turnCount(3)
                .tokens(10)
                .updatedAtMillis(NOON)
                .expiresAtSeconds(NOON / 1_000 + 86_400)
                .version(9)
                .build();
    }

    /** The types that lie in keyed state. */
    static List<Sample<?>> state() {
        return List.of(
                new Sample<>("tenant-core", Types.TENANT_CORE, core()),
                new Sample<>("tenant-core-new", Types.TENANT_CORE, new TenantCore()),
                new Sample<>("hold", Types.HOLD, hold(Hold.Role.FOLLOWER, "llm:m:h")),
                new Sample<>("hold-alone", Types.HOLD, hold(Hold.Role.ALONE, "")),
                new Sample<>("hold-leader", Types.HOLD, hold(Hold.Role.LEADER, "k")),
                new Sample<>(
                        "cache-slot",
                        Types.CACHE_SLOT,
                        new CacheSlot(
                                new CacheEntry("r1", NOON, 1_800_000, 7_200_000),
                                List.of(
                                        new Flight("a", NOON, false, List.of("b", "c"), true),
                                        Flight.of("d", NOON + 1, true)))),
                new Sample<>("cache-slot-empty", Types.CACHE_SLOT, CacheSlot.EMPTY),
                new Sample<>(
                        "seen-chunk",
                        Types.SEEN_CHUNK,
                        new SeenChunk(new long[] {1, -2, Long.MAX_VALUE, 4}, NOON, NOON + 1)),
                new Sample<>(
                        "conversation",
                        Types.CONVERSATION,
                        new Conversation(NOON, 86_400_000, "r1", new long[] {10, 20_000})),
                new Sample<>("conversation-new", Types.CONVERSATION, Conversation.empty()),
                new Sample<>("usage-key", Types.USAGE_KEY, usageKey(Granularity.MINUTE)),
                new Sample<>("usage-key-hour", Types.USAGE_KEY, usageKey(Granularity.HOUR)),
                new Sample<>("usage-key-day", Types.USAGE_KEY, usageKey(Granularity.DAY)),
                new Sample<>("usage-counts", Types.USAGE_COUNTS, counts()),
                new Sample<>("label-book", Types.LABEL_BOOK, labelBook()),
                new Sample<>("tenant-watch", Types.TENANT_WATCH, watch()),
                new Sample<>("tenant-watch-new", Types.TENANT_WATCH, new TenantWatch()),
                new Sample<>("admitted-request", Types.ADMITTED_REQUEST, admitted()),
                new Sample<>(
                        "admitted-request-routed", Types.ADMITTED_REQUEST, routed(admitted())));
    }

    private static TenantWatch watch() {
        TenantWatch watch = new TenantWatch();
        watch.observe(seenRequest(), AlertRules.SHIPPED, alert -> {});
        watch.observe(seenEnd(), AlertRules.SHIPPED, alert -> {});
        return watch;
    }

    private static Observation seenRequest() {
        return seen(7).decided(Verdict.REJECTED, "budget-per-day").model("m", true).build();
    }

    private static Observation seenEnd() {
        return seen(8).ended(true, null)
                .model("m", false)
                .call(Long.MAX_VALUE, 1_234, Usage.of(7, 8))
                .build();
    }

    private static Observation.Builder seen(long seq) {
        return Observation.builder()
                .tenant("acme", "free")
                .event(seq, NOON + 3_600_000 * seq)
                .budgets(
                        new BudgetUse(NOON - 43_200_000, 8, 10),
                        new BudgetUse(NOON - 43_200_000, Long.MAX_VALUE, BudgetUse.UNLIMITED));
    }

    private static Alert alert() {
        return Alert.ofTenant(
                AlertKind.SPEND_ANOMALY, "acme", "hour", 9, NOON, Map.of("spent_usd", "1"));
    }

    private static TenantCore core() {
        long[] held = new long[2 * (64 + 22)];
        for (int i = 0; i < held.length; i += 2) {
            held[i] = NOON - 60_000 + 7L * i;
            held[i + 1] = 3L * i;
        }
        TreeMap<String, Hold> holds = new TreeMap<>();
        holds.put("r1", hold(Hold.Role.LEADER, "llm:m:h"));
        holds.put("r2", hold(Hold.Role.ALONE, ""));
        return new TenantCore(
                1_234,
                NOON,
                NOON + 17,
                NOON - 60_000,
                policy(),
                AuditRecord.hashOf(new byte[] {1}),
                SlidingLog.restore(640, 640 + 150, 99_999, held),
                new DayCount(NOON - 43_200_000, 99),
                new Spending(Spending.Period.DAY, NOON - 43_200_000, 1_234_567_890_123L),
                new Spending(Spending.Period.MONTH, 1_788_220_800_000L, Long.MAX_VALUE),
                new SeenIds(3, 5, NOON, NOON - 1, NOON - 2, 77, NOON + 1, new long[] {1, -1, 9, 8}),
                new Holds(holds, 2, 4, 70_000, NOON + 60_000));
    }

    /** A policy in which every field differs from what ships. */
    private static EffectivePolicy policy() {
        return Facts.policy()
                .version(3)
                .hash("ab".repeat(32))
                .requestsPerMinute(1_000)
                .requestsPerDay(-1)
                .tokensPerMinute(1_000_000)
                .maxPending(50)
                .maxConcurrent(7)
                .weight(3)
                .dayBudget(Budget.of(5_000_000_000_000L, BudgetAction.DOWNGRADE, "cheap"))
                .monthBudget(Budget.of(1, BudgetAction.BLOCK, null))
                .cache(new CacheRules(1, 2, 3, false, 4, 5))
                .allowedModels(List.of("a", "b"))
                .shadow(List.of("requests-per-day"))
                .ambiguous(AmbiguousAction.FAIL)
                .isolation(Isolation.DATABASE)
                .build();
    }

    private static Hold hold(Hold.Role role, String cacheKey) {
        return new Hold(
                role,
                role == Hold.Role.ALONE,
                cacheKey,
                cacheKey.isEmpty() ? "session:u:s" : null,
                labels(),
                NOON - 1,
                12,
                512,
                100,
                35_000,
                NOON + 60_000,
                7_200_000);
    }

    /** The same on a route, with an answer to fall back on. */
    private static AdmittedRequest routed(AdmittedRequest plain) {
        Route route =
                new Route(
                        List.of(
                                new Candidate(
                                        Target.of("m", "us-east-1", ServiceTier.FLEX),
                                        0,
                                        3,
                                        new TargetQuota(2_000_000, 500, 40, 5)),
                                Candidate.of(Target.of("us.m"))),
                        7_200_000,
                        Candidate.of(Target.of("cheap")));
        RequestEvent request = plain.request();
        return new AdmittedRequest(
                request.toBuilder().facts(request.facts().toBuilder().route(route).build()).build(),
                plain.decision(),
                plain.earlierTurns(),
                "{\"text\":\"old\"}");
    }

    private static Dimensions labels() {
        return new Dimensions("m", "chat", "agent-1", "-");
    }

    private static UsageKey usageKey(Granularity granularity) {
        return labels().key(granularity, NOON).toBuilder()
                .lateDayMillis(
                        granularity == Granularity.DAY ? NOON + 43_200_000 : UsageKey.ON_TIME)
                .build();
    }

    private static UsageCounts counts() {
        return UsageCounts.builder()
                .requests(1)
                .admitted(2)
                .rejected(3)
                .cacheHits(4)
                .coalesced(5)
                .failed(6)
                .inputTokens(7)
                .outputTokens(8)
                .cacheReadTokens(9)
                .cacheWriteTokens(10)
                .costPicoUsd(BigInteger.TWO.pow(90))
                .providerCostPicoUsd(Long.MAX_VALUE - 1)
                .estimatedCostPicoUsd(Long.MAX_VALUE - 2)
                .build();
    }

    private static LabelBook labelBook() {
        LabelBook book = new LabelBook(NOON - 43_200_000 - 86_400_000);
        book.admit(new Dimensions("m", "mail", "agent-3", "-"), NOON - 86_400_000);
        book.admit(new Dimensions("m", "chat", "agent-1", "-"), NOON);
        book.admit(new Dimensions("m", "search", "agent-2", "cc"), NOON);
        return book;
    }

    private static RequestEvent request() {
        return Facts.event(Facts.request("r1", NOON).build());
    }

    private static OutcomeEvent outcome() {
        Usage usage =
                Usage.builder()
                        .inputTokens(1)
                        .outputTokens(2)
                        .cacheReadTokens(3)
                        .cacheWriteTokens(5)
                        .cacheWrite1hTokens(4)
                        .estimated(true)
                        .build();
        return Facts.event(Facts.succeeded("r1").usage(usage).build());
    }

    private static Decision decision() {
        LimitStatus status =
                LimitStatus.builder()
                        .name("requests-per-minute")
                        .limit(10)
                        .remaining(9)
                        .resetMillis(60_000)
                        .build();
        return Decision.builder()
                .outcome(Verdict.INVOKED)
                .retryAfterMillis(-1)
                .limits(List.of(status))
                .policyVersion(3)
                .decidedAtMillis(NOON)
                .seq(7)
                .clockAdjusted(true)
                .build();
    }

    private static AdmittedRequest admitted() {
        return new AdmittedRequest(
                request(),
                decision(),
                List.of(
                        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"grüß\"}]}]}",
                        "{\"messages\":[]}"));
    }

    private static StreamRecord streamRecord() {
        return new StreamRecord(new byte[] {0, -1, 127, -128}, "acme", "shardId-0", "4950", NOON);
    }

    private static LogRecord logRecord() {
        return new LogRecord(request(), NOON, "4950");
    }

    private static ResultItem result() {
        return ResultItem.builder()
                .tenantId("acme")
                .requestId("r1")
                .status(ResultStatus.SUCCEEDED)
                .decision(decision())
                .output("{\"text\":\"grüß\"}")
                .usage(Usage.of(1, 2))
                .costPicoUsd(35_000)
                .priceVersion("2026-11")
                .model("m")
                .endpoint("chat")
                .attempt(1)
                .latencyMillis(5)
                .receivedAtMillis(NOON)
                .finishedAtMillis(NOON + 5)
                .expiresAtSeconds(NOON / 1000 + 1)
                .build();
    }

    private static UsageItem usageItem() {
        return UsageItem.builder()
                .tenantId("acme")
                .key(usageKey(Granularity.MINUTE))
                .counts(counts())
                .version(12)
                .build();
    }

    private static DeadLetter requestLetter() {
        return DeadLetter.builder()
                .reason("exhausted")
                .detail("model-error of m, attempts: 3")
                .partitionKey("acme")
                .requestId("r1")
                .attempts(3)
                .lastError("throttled 429 ThrottlingException")
                .arrivedAtMillis(NOON)
                .diedAtMillis(NOON + 5)
                .raw("AAEC")
                .build();
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.builder().reason("malformed-event").detail("no JSON").stream(
                        "sluice-events")
                .shardId("shardId-0")
                .sequenceNumber("4950")
                .partitionKey("acme")
                .arrivedAtMillis(NOON)
                .raw("AA==")
                .build();
    }
}
