package io.sluice.pipeline.replay;

import io.sluice.contract.Priority;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of a simulation written down as plainly as possible, for one tenant: lists that are
 * searched from end to end, no engine, no log. Knows the limits that {@link Rules} names.
 */
final class NaiveTenant {
    /** Limits; prices are those of {@link Trace#SMALL}. */
    record Rules(
            long requestsPerMinute,
            long requestsPerDay,
            long tokensPerMinute,
            int maxPending,
            long picoUsdPerDay,
            long ttlMillis) {
        String yaml() {
            return "{requests_per_minute: %d, requests_per_day: %d, tokens_per_minute: %d,"
                            .formatted(requestsPerMinute, requestsPerDay, tokensPerMinute)
                    + " max_pending: %d, budget_per_day_usd: \"0.%012d\", cache: {llm_ttl_seconds: %d}}"
                            .formatted(maxPending, picoUsdPerDay, ttlMillis / 1_000);
        }
    }

    private static final long DAY = 86_400_000;

    /** A request that was admitted. */
    private static final class Admitted {
        final TraceLine line;
        final long atMillis;
        final long endsAtMillis;
        final boolean calls;
        long tokens;
        long heldPicoUsd;
        boolean ended;

        Admitted(TraceLine line, long atMillis, long endsAtMillis, boolean calls) {
            this.line = line;
            this.atMillis = atMillis;
            this.endsAtMillis = endsAtMillis;
            this.calls = calls;
            this.tokens = calls ? line.inputTokens() + line.maxTokens() : 0;
            this.heldPicoUsd = calls ? cost(line.inputTokens(), line.maxTokens()) : 0;
        }
    }

    private final Rules rules;
    private final List<Admitted> admitted = new ArrayList<>();
    private final Map<String, Long> answeredAtMillis = new HashMap<>();
    final Map<String, Long> rejected = new TreeMap<>();
    long cacheHits;
    long coalesced;
    long inputTokens;
    long outputTokens;
    long costPicoUsd;
    private long clockMillis;
    private long spentPicoUsd;

    NaiveTenant(Rules rules) {
        this.rules = rules;
    }

    long admitted() {
        return admitted.size();
    }

    /** The most admissions in 60 s, by looking back from each. */
    long minutePeak() {
        return admitted.stream().mapToLong(a -> inMinuteBefore(a.atMillis)).max().orElse(0);
    }

    void finish() {
        end(Long.MAX_VALUE);
    }

    void add(TraceLine line) {
        long now = Math.max(clockMillis, line.atMillis());
        end(now);
        spentPicoUsd = now / DAY == clockMillis / DAY ? spentPicoUsd : 0;
        clockMillis = now;
        String hash = rules.ttlMillis == 0 ? null : line.promptHash();
        long today = admitted.stream().filter(a -> a.atMillis / DAY == now / DAY).count();
        if (inMinuteBefore(now) >= rules.requestsPerMinute) {
            reject("requests-per-minute");
        } else if (today >= rules.requestsPerDay) {
            reject("requests-per-day");
        } else if (hash != null && isFresh(hash)) {
            cacheHits++;
            admitted.add(new Admitted(line, now, now, false));
            admitted.get(admitted.size() - 1).ended = true;
        } else {
            Admitted leader = hash == null ? null : inFlight(line);
            long tokens = line.inputTokens() + line.maxTokens();
            long money = cost(line.inputTokens(), line.maxTokens());
            if (admitted.stream().filter(a -> !a.ended).count() >= rules.maxPending) {
                reject("queue-full");
            } else if (leader != null) {
                coalesced++;
                admitted.add(new Admitted(line, now, leader.endsAtMillis, false));
            } else if (tokensInMinuteBefore(now) + tokens > rules.tokensPerMinute) {
                reject("tokens-per-minute");
            } else if (spentPicoUsd + held() + money > rules.picoUsdPerDay) {
                reject("budget-per-day");
            } else {
                admitted.add(new Admitted(line, now, now + line.latencyMillis(), true));
            }
        }
    }

    private void end(long nowMillis) {
        admitted.stream()
                .filter(a -> !a.ended && a.endsAtMillis <= nowMillis)
                .sorted(Comparator.comparingLong(a -> a.endsAtMillis))
                .forEach(this::end);
    }

    private void end(Admitted call) {
        call.ended = true;
        if (call.calls) {
            TraceLine line = call.line;
            long cost = cost(line.inputTokens(), line.outputTokens());
            call.tokens = line.inputTokens() + line.outputTokens();
            call.heldPicoUsd = 0;
            inputTokens += line.inputTokens();
            outputTokens += line.outputTokens();
            costPicoUsd += cost;
            spentPicoUsd += cost;
            if (line.promptHash() != null) {
                answeredAtMillis.put(line.promptHash(), call.endsAtMillis);
                admitted.stream()
                        .filter(a -> !a.calls && asks(a, line.promptHash()))
                        .forEach(a -> a.ended = true);
            }
        }
    }

    private boolean isFresh(String hash) {
        Long answered = answeredAtMillis.get(hash);
        return answered != null && clockMillis - answered < rules.ttlMillis;
    }

    private Admitted inFlight(TraceLine line) {
        return admitted.stream()
                .filter(a -> a.calls && !a.ended && asks(a, line.promptHash()))
                .filter(a -> isBulk(a.line) == isBulk(line))
                .findFirst()
                .orElse(null);
    }

    private static boolean asks(Admitted a, String hash) {
        return hash.equals(a.line.promptHash());
    }

    private static boolean isBulk(TraceLine line) {
        return line.priority() == Priority.LOW;
    }

    private long inMinuteBefore(long nowMillis) {
        return admitted.stream().filter(a -> isInMinute(a, nowMillis)).count();
    }

    private long tokensInMinuteBefore(long nowMillis) {
        return admitted.stream()
                .filter(a -> isInMinute(a, nowMillis))
                .mapToLong(a -> a.tokens)
                .sum();
    }

    private static boolean isInMinute(Admitted a, long nowMillis) {
        return a.atMillis > nowMillis - 60_000 && a.atMillis <= nowMillis;
    }

    private long held() {
        return admitted.stream().mapToLong(a -> a.heldPicoUsd).sum();
    }

    private void reject(String reason) {
        rejected.merge(reason, 1L, Long::sum);
    }

    private static long cost(long inputTokens, long outputTokens) {
        return inputTokens * 1_000_000 + outputTokens * 2_000_000;
    }
}
