package io.sluice.pipeline.replay;

import io.sluice.contract.Decision;
import io.sluice.contract.Event;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.DecisionJson;
import io.sluice.contract.json.PromptPayload;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.pipeline.enforce.LogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a simulation of a drawn trace puts on its tenants' logs, and what it decides. */
public final class SimulatedLogs {
    private static final String POLICY =
            """
            default_tier: small
            tiers:
              small: {requests_per_minute: 6, requests_per_day: 60, tokens_per_minute: 900,
                max_pending: 4, cache: {llm_ttl_seconds: 40}}
              paid: {requests_per_minute: 30, requests_per_day: 1000,
                budget_per_day_usd: {limit: "0.05", action: downgrade,
                  downgrade_to: test.small},
                budget_per_month_usd: {limit: "0.2", action: block}}
            tenants:
              tenant-1: {tier: paid}
              tenant-2: {tier: paid}
            """;

    /** The logs by tenant. */
    public final Map<String, List<LogRecord>> logs = new TreeMap<>();

    /** The decisions by tenant, in order, spelled out. */
    public final Map<String, List<String>> decisions = new TreeMap<>();

    /** The simulation of a trace of so many lines. */
    public static SimulatedLogs of(long seed, int tenants, int lines) throws Exception {
        SimulatedLogs all = new SimulatedLogs();
        Simulation simulation =
                new Simulation(
                        PolicyDocument.read(POLICY, Trace.PRICES), Trace.PRICES, all.new Writer());
        Random random = new Random(seed);
        long atMillis = Trace.NOON;
        for (int number = 1; number <= lines; number++) {
            atMillis += random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(300);
            int kind = random.nextInt(4);
            simulation.add(
                    TraceLine.builder()
                            .atMillis(atMillis - random.nextInt(3))
                            .latencyMillis(random.nextInt(20_000))
                            .tenantId("tenant-" + random.nextInt(tenants))
                            .model(random.nextBoolean() ? Trace.SMALL : Trace.BIG)
                            .inputTokens(random.nextInt(150))
                            .outputTokens(random.nextInt(100))
                            .promptHash(kind == 0 ? null : "hash-" + kind)
                            .build(),
                    number);
        }
        simulation.finish();
        return all;
    }

    /** Puts text around everything, as the stream carries it. */
    private final class Writer implements LogListener {
        @Override
        public void request(RequestFacts facts, Decision decision) {
            String text = PromptPayload.ofUserText("prompt of " + facts.requestId(), 100);
            append(
                    RequestEvent.builder().facts(facts).payload(text).build(),
                    facts.receivedAtMillis());
            decisions
                    .computeIfAbsent(facts.tenantId(), id -> new ArrayList<>())
                    .add(DecisionJson.write(decision).toString());
        }

        @Override
        public void outcome(OutcomeFacts facts) {
            String text = AnswerPayload.ofText("answer of " + facts.requestId(), "end_turn");
            append(
                    OutcomeEvent.builder().facts(facts).payload(text).build(),
                    facts.finishedAtMillis());
        }

        private void append(Event event, long atMillis) {
            List<LogRecord> log = logs.computeIfAbsent(event.tenantId(), id -> new ArrayList<>());
            log.add(new LogRecord(event, atMillis, String.valueOf(log.size())));
        }
    }
}
