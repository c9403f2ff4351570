package io.sluice.pipeline.enforce;

import io.sluice.contract.Event;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PromptPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Logs of many tenants, drawn from a seed and played to an engine while they are drawn, so that
 * outcomes belong to calls that were ordered; every kind of event and limit is in them. Of the
 * calls that failed without a cost, two in three were shed.
 */
public final class RecordedLogs {
    private RecordedLogs() {}

    /** The logs by tenant. */
    public static Map<String, List<LogRecord>> of(long seed, int tenants, int steps) {
        Map<String, List<LogRecord>> logs = new TreeMap<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            Random random = new Random(seed * 31 + tenant);
            Script script = new Script("tenant-" + tenant, Policies.several(random));
            Steps drawn = new Steps(random, true);
            for (int step = 0; step < steps; step++) {
                script.add(drawn.next());
            }
            logs.put(
                    "tenant-" + tenant, script.log().stream().map(RecordedLogs::withText).toList());
        }
        return logs;
    }

    /** The logs in one order, drawn too, in which each keeps its own. */
    public static List<LogRecord> merged(Map<String, List<LogRecord>> logs, long seed) {
        Random random = new Random(seed);
        List<List<LogRecord>> open = new ArrayList<>();
        logs.values().forEach(log -> open.add(new ArrayList<>(log)));
        List<LogRecord> merged = new ArrayList<>();
        while (!open.isEmpty()) {
            List<LogRecord> log = open.get(random.nextInt(open.size()));
            int most = Math.min(log.size(), 1 + random.nextInt(5));
            merged.addAll(log.subList(0, most));
            log.subList(0, most).clear();
            if (log.isEmpty()) {
                open.remove(log);
            }
        }
        return merged;
    }

    /** A tenant's usage rows at the end of its log. */
    public static Map<UsageKey, UsageItem> usage(List<LogRecord> log) {
        return History.of(log).effects.rows;
    }

    /** A record with text around it that the operator can keep as a turn. */
    private static LogRecord withText(LogRecord record) {
        if (record.event() instanceof RequestEvent request) {
            String text = "prompt of " + request.facts().requestId();
            return with(
                    record,
                    RequestEvent.builder()
                            .facts(request.facts())
                            .payload(PromptPayload.ofUserText(text, 100))
                            .build());
        } else if (record.event() instanceof OutcomeEvent outcome) {
            OutcomeFacts facts = shed(outcome.facts());
            String text = "answer of " + facts.requestId();
            boolean answers = facts.status() == OutcomeStatus.SUCCEEDED;
            return with(
                    record,
                    OutcomeEvent.builder()
                            .facts(facts)
                            .payload(answers ? AnswerPayload.ofText(text, "end_turn") : null)
                            .build());
        }
        return record;
    }

    private static OutcomeFacts shed(OutcomeFacts facts) {
        int kind = Math.floorMod(facts.requestId().hashCode(), 3);
        if (facts.status() != OutcomeStatus.FAILED || facts.costPicoUsd() > 0 || kind == 2) {
            return facts;
        }
        return facts.toBuilder().reason(kind == 0 ? Names.LANE_FULL : Names.DEADLINE).build();
    }

    private static LogRecord with(LogRecord record, Event event) {
        return new LogRecord(event, record.arrivedAtMillis(), record.sequenceNumber());
    }
}
