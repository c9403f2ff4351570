package io.sluice.pipeline.enforce;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is under way: held requests, flights of identical ones, kept answers, conversations. */
final class ReferenceCalls {
    /** An admitted request that has not ended. */
    static final class Held {
        final String id;
        final String cacheKey;
        final boolean task;
        final @Nullable String session;
        final long ownTokens;
        final long deadlineAtMillis;
        long tokens;
        long picoUsd;
        boolean follower;
        boolean expired;
        long endsAtMillis;

        Held(
                String id,
                String cacheKey,
                boolean task,
                @Nullable String session,
                long ownTokens,
                long deadlineAtMillis,
                long endsAtMillis) {
            this.id = id;
            this.cacheKey = cacheKey;
            this.task = task;
            this.session = session;
            this.ownTokens = ownTokens;
            this.deadlineAtMillis = deadlineAtMillis;
            this.endsAtMillis = endsAtMillis;
        }
    }

    /** One call for several. */
    static final class Flight {
        final String cacheKey;
        final boolean bulk;
        Held leader;
        boolean promoted;
        final List<Held> followers = new ArrayList<>();

        Flight(Held leader, boolean bulk) {
            this.cacheKey = leader.cacheKey;
            this.leader = leader;
            this.bulk = bulk;
        }
    }

    record Answer(long atMillis, long ttlMillis) {
        boolean isFresh(long atMillis, long policyTtlMillis) {
            return atMillis - this.atMillis < Math.min(ttlMillis, policyTtlMillis);
        }
    }

    /** Kept turns and the one under way. */
    static final class Talk {
        final List<Long> turns = new ArrayList<>();
        long answeredAtMillis;
        long ttlMillis;
        @Nullable String turn;

        boolean isOver(long atMillis, long policyTtlMillis) {
            return atMillis - answeredAtMillis >= Math.min(ttlMillis, policyTtlMillis);
        }

        /** How many of the newest turns fit. */
        int fitting(int mostTurns, long mostTokens) {
            int count = Math.min(mostTurns, turns.size());
            while (count > 0 && newest(count) > mostTokens) {
                count--;
            }
            return count;
        }

        long newest(int count) {
            return turns.subList(turns.size() - count, turns.size()).stream()
                    .mapToLong(tokens -> tokens)
                    .sum();
        }
    }

    final Map<String, Held> held = new LinkedHashMap<>();
    final List<Flight> flights = new ArrayList<>();
    final Map<String, Answer> answers = new LinkedHashMap<>();
    final Map<String, Talk> talks = new LinkedHashMap<>();

    long pending() {
        return held.values().stream().filter(hold -> !hold.expired).count();
    }

    long heldPicoUsd() {
        BigInteger sum = BigInteger.ZERO;
        for (Held hold : held.values()) {
            sum = sum.add(BigInteger.valueOf(hold.expired ? 0 : hold.picoUsd));
        }
        return ReferenceBooks.capped(sum);
    }

    /** The flight that a request leads; null if none. */
    @Nullable Flight ledBy(Held hold) {
        return flights.stream().filter(f -> f.leader == hold).findAny().orElse(null);
    }

    /**
     * The first call of that lane that ends before somebody's time is up; null if none. No schedule
     * is so long that too many would wait.
     */
    @Nullable Flight inTime(String cacheKey, boolean bulk, long deadlineAtMillis) {
        return flights.stream()
                .filter(f -> f.cacheKey.equals(cacheKey) && f.bulk == bulk)
                .filter(f -> f.leader.deadlineAtMillis <= deadlineAtMillis)
                .findFirst()
                .orElse(null);
    }

    /** There is an answer to that: nobody waits for one any more. */
    void answer(String cacheKey) {
        flights.stream().filter(f -> f.cacheKey.equals(cacheKey)).forEach(this::release);
    }

    /** Nobody waits for that call any more. */
    void release(Flight flight) {
        flight.followers.forEach(follower -> held.remove(follower.id));
        flight.followers.clear();
    }

    /** Whoever waits for that call and still has time; the others wait no longer. */
    List<Held> patient(Flight flight, long atMillis) {
        flight.followers.stream()
                .filter(follower -> follower.deadlineAtMillis <= atMillis)
                .forEach(follower -> held.remove(follower.id));
        flight.followers.removeIf(follower -> !held.containsKey(follower.id));
        return flight.followers;
    }

    /** A turn ended without an answer. */
    void fail(Held hold) {
        Talk talk = talks.get(hold.session);
        if (talk != null && hold.id.equals(talk.turn)) {
            talk.turn = null;
        }
    }
}
