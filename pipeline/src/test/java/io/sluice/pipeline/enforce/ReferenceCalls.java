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
                long endsAtMillis) {
            this.id = id;
            this.cacheKey = cacheKey;
            this.task = task;
            this.session = session;
            this.ownTokens = ownTokens;
            this.endsAtMillis = endsAtMillis;
        }
    }

    /** One call for several. */
    static final class Flight {
        String leader;
        boolean promoted;
        final List<String> followers = new ArrayList<>();

        Flight(String leader) {
            this.leader = leader;
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
    final Map<String, Flight> flights = new LinkedHashMap<>();
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
        Flight flight = flights.get(hold.cacheKey);
        return flight != null && flight.leader.equals(hold.id) ? flight : null;
    }

    /** Nobody waits for that call any more. */
    void land(Held leader) {
        Flight flight = ledBy(leader);
        if (flight != null) {
            flights.remove(leader.cacheKey);
            flight.followers.forEach(held::remove);
        }
    }

    /** A turn ended without an answer. */
    void fail(Held hold) {
        Talk talk = talks.get(hold.session);
        if (talk != null && hold.id.equals(talk.turn)) {
            talk.turn = null;
        }
    }
}
