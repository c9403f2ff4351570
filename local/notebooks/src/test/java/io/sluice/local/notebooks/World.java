package io.sluice.local.notebooks;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.ResultItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Synthetic traffic of a few tenants over some hours around the turn of a month, and the books that
 * a bookkeeper keeps who sees it happen. It knows nothing of SQL; its rules are those that the
 * documentation promises, in plain Java.
 */
final class World {
    private static final long START = Instant.parse("2026-11-30T23:50:00Z").toEpochMilli();

    /** Records arrive at multiples of this, so that several arrive together. */
    private static final long STEP_MILLIS = 5_000;

    private static final String CHEAP = "amazon.nova-micro-v1:0";
    private static final List<String> MODELS =
            List.of("anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.nova-pro-v1:0");
    private static final List<String> TENANTS = List.of("acme", "zeta", "mono", "a-b_c");
    private static final List<String> REASONS =
            List.of("requests-per-minute", "tokens-per-minute", "budget-per-day", "queue-full");

    /** A record of the stream. */
    @SuppressWarnings("ArrayRecordComponent") // Compared with nothing.
    record Entry(String tenant, long arrivedAtMillis, byte[] data) {}

    /** A call that counts. */
    record Call(
            String tenant,
            long decidedAtMillis,
            String model,
            boolean succeeded,
            long latencyMillis,
            long cost,
            boolean unpriced) {}

    /** A request that was answered without a call of its own; cost null if nobody knows it. */
    record Served(String tenant, String model, boolean coalesced, @Nullable Long cost) {}

    /** A request that was refused. */
    record Refused(String tenant, String reason, long decidedAtMillis) {}

    /** A call under way, and how it will end. */
    record Flight(
            Asked asked,
            OutcomeStatus status,
            String model,
            boolean complete,
            boolean stale,
            int attempt,
            long cost,
            int latency) {

        boolean succeeded() {
            return status == OutcomeStatus.SUCCEEDED;
        }

        /** Whether a model was called at all. */
        boolean called() {
            return attempt > 0 && !stale;
        }
    }

    private record Due(long atMillis, int order, Runnable what) {}

    /** A request and what became of its key. */
    record Asked(String tenant, String id, long decidedAtMillis, String key, String model) {}

    final List<Entry> stream = new ArrayList<>();
    final List<ResultItem> results = new ArrayList<>();
    final List<Call> calls = new ArrayList<>();
    final List<Served> served = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    final List<Long> decidedMinutes = new ArrayList<>();

    private final Random random;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::atMillis).thenComparing(Due::order));
    private final Map<String, Long> clocks = new HashMap<>();
    private final Map<String, Long> kept = new HashMap<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, List<Asked>> waiting = new HashMap<>();
    private final Map<String, @Nullable String> downgrades = new HashMap<>();
    private long now = START;
    private int count;
    private int order;

    World(long seed) {
        random = new Random(seed);
    }

    /** Lets so many requests come, and waits for all that is under way. */
    World run(int requests) {
        while (count < requests) {
            now += chance(2) ? 900_000 : random.nextInt(2) * STEP_MILLIS;
            deliver(now);
            String tenant = pick(TENANTS);
            for (int burst = chance(20) ? 4 : 1; burst > 0; burst--) {
                request(tenant);
            }
            if (chance(5)) {
                noise(tenant);
            }
        }
        deliver(Long.MAX_VALUE);
        waiting.values().forEach(all -> all.forEach(asked -> add(Events.lost(asked))));
        return this;
    }

    private void request(String tenant) {
        count++;
        long received = now - random.nextInt(200);
        if (chance(5)) {
            received = now + (chance(50) ? 1L : -1L) * (5_001 + random.nextInt(60_000));
        } else if (chance(10)) {
            received = now - 5_000 + random.nextInt(2) * 10_000L;
        }
        boolean near = Math.abs(received - now) <= 5_000;
        long decided = Math.max(clocks.getOrDefault(tenant, 0L), near ? received : now);
        clocks.put(tenant, decided);
        decidedMinutes.add(decided / 60_000);

        String id = Events.id(count);
        String model = pick(MODELS);
        boolean downgraded = chance(6);
        boolean task = chance(20);
        String question = chance(4) ? "alone" + count : "q" + random.nextInt(3);
        String answering = downgraded ? CHEAP : model;
        String key = tenant + '|' + answering + '|' + task + question;
        append(tenant, Events.request(tenant, id, received, model, question, task));
        Asked asked = new Asked(tenant, id, decided, key, answering);
        decide(asked, question.startsWith("alone"), downgraded ? CHEAP : null);
    }

    private void decide(Asked asked, boolean alone, @Nullable String downgradedTo) {
        int roll = random.nextInt(100);
        if (roll < 12) {
            String reason = pick(REASONS);
            refused.add(new Refused(asked.tenant(), reason, asked.decidedAtMillis()));
            add(Events.refused(asked, reason));
        } else if (alone && roll < 50) {
            // Answered by a call that the stream has forgotten.
            served.add(new Served(asked.tenant(), asked.model(), false, null));
            add(Events.served(asked, false, downgradedTo));
        } else if (kept.containsKey(asked.key()) && roll < 40) {
            served.add(new Served(asked.tenant(), asked.model(), false, kept.get(asked.key())));
            add(Events.served(asked, false, downgradedTo));
        } else if (inFlight.getOrDefault(asked.key(), 0) > 0 && roll < 85) {
            waiting.computeIfAbsent(asked.key(), k -> new ArrayList<>()).add(asked);
            downgrades.put(asked.id(), downgradedTo);
        } else {
            call(asked, downgradedTo);
        }
    }

    private void call(Asked asked, @Nullable String downgradedTo) {
        int latency = chance(30) ? 250 : 1 + random.nextInt(chance(10) ? 1_200_000 : 40_000);
        boolean succeeded = chance(85);
        boolean stale = succeeded && chance(4);
        boolean shed = !succeeded && chance(30);
        boolean elsewhere = chance(8);
        boolean complete = succeeded && !stale && !elsewhere && chance(90);
        Flight flight =
                new Flight(
                        asked,
                        succeeded ? OutcomeStatus.SUCCEEDED : OutcomeStatus.FAILED,
                        elsewhere ? "meta.llama3-1-8b-instruct-v1:0" : asked.model(),
                        complete,
                        stale,
                        shed ? 0 : 1 + random.nextInt(3),
                        stale || shed ? 0 : cost(succeeded),
                        latency);
        add(Events.called(asked, succeeded, downgradedTo));
        if (chance(3)) {
            return; // It does not end while anybody looks.
        }
        inFlight.merge(asked.key(), 1, Integer::sum);
        at(now + latency, () -> end(flight));
    }

    private long cost(boolean succeeded) {
        if (!succeeded) {
            return chance(80) ? 0 : random.nextInt(1_000);
        }
        return chance(20)
                ? 4_000_000_000_000_000L + random.nextLong(1_000_000_000_000_000L)
                : random.nextInt(1_000_000_000);
    }

    private void end(Flight flight) {
        Asked asked = flight.asked();
        boolean unpriced = flight.cost() == 0 && chance(50);
        OutcomeEvent event = Events.outcome(flight, unpriced);
        if (chance(5)) {
            append(asked.tenant(), Events.ofAnotherVersion(event));
        }
        append(asked.tenant(), Events.bytes(event));
        if (chance(10)) {
            // The job died and called once more: the first outcome counts.
            OutcomeEvent again = Events.dearer(event);
            at(now + random.nextInt(30_000), () -> append(asked.tenant(), Events.bytes(again)));
        }
        inFlight.merge(asked.key(), -1, Integer::sum);
        if (flight.called()) {
            calls.add(
                    new Call(
                            asked.tenant(),
                            asked.decidedAtMillis(),
                            flight.model(),
                            flight.succeeded(),
                            flight.latency(),
                            flight.cost(),
                            unpriced));
        }
        if (flight.succeeded()) {
            answerThoseWhoWait(asked.key(), flight.cost());
        }
        if (flight.complete()) {
            kept.put(asked.key(), flight.cost());
        }
    }

    private void answerThoseWhoWait(String key, long cost) {
        List<Asked> all = waiting.remove(key);
        if (all != null) {
            for (Asked each : all) {
                served.add(new Served(each.tenant(), each.model(), true, cost));
                add(Events.served(each, true, downgrades.get(each.id())));
            }
        }
    }

    private void noise(String tenant) {
        append(tenant, Events.command(tenant));
        append(tenant, "no event at all".getBytes(StandardCharsets.UTF_8));
        append(tenant, Events.bytes(Events.ofUnknownRequest(tenant, count)));
    }

    /** Puts a record onto the stream, and now and then once more, later. */
    private void append(String tenant, byte[] data) {
        stream.add(new Entry(tenant, now, data));
        if (chance(8)) {
            at(now + random.nextInt(20_000), () -> stream.add(new Entry(tenant, now, data)));
        }
    }

    private void add(ResultItem result) {
        results.add(result);
    }

    private void at(long millis, Runnable what) {
        long step = Math.floorDiv(millis + STEP_MILLIS - 1, STEP_MILLIS) * STEP_MILLIS;
        due.add(new Due(step, order++, what));
    }

    private void deliver(long untilMillis) {
        long end = now;
        while (!due.isEmpty() && due.peek().atMillis() <= untilMillis) {
            Due next = due.remove();
            now = Math.max(next.atMillis(), stream.isEmpty() ? 0 : last());
            next.what().run();
        }
        now = Math.max(end, now);
    }

    private long last() {
        return stream.get(stream.size() - 1).arrivedAtMillis();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
