package io.sluice.local.kinesis.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Admits at most so many calls per stream within a sliding span. Thread-safe; kept in memory. */
final class RecentCalls {
    private final int maxCalls;
    private final long spanMillis;
    private final Map<Long, Deque<Long>> callsByStreamId = new HashMap<>();

    RecentCalls(int maxCalls, long spanMillis) {
        this.maxCalls = maxCalls;
        this.spanMillis = spanMillis;
    }

    synchronized boolean admit(long streamId, long nowMillis) {
        Deque<Long> calls = callsByStreamId.computeIfAbsent(streamId, id -> new ArrayDeque<>());
        calls.removeIf(at -> nowMillis - at >= spanMillis);
        return calls.size() < maxCalls && calls.add(nowMillis);
    }
}
