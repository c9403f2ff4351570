package io.sluice.local.kinesis.http;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Request ids: unique within a server, recognisably in order. */
final class RequestIds {
    private final long startMillis;
    private final AtomicLong count = new AtomicLong();

    RequestIds(long startMillis) {
        this.startMillis = startMillis;
    }

    String next() {
        return new UUID(startMillis, count.incrementAndGet()).toString();
    }
}
