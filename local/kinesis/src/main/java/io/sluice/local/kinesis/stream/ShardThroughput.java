package io.sluice.local.kinesis.stream;

/** The throughput limits of one shard. Thread-safe. */
final class ShardThroughput {
    private static final long MIB = 1024 * 1024;

    private final boolean limited;
    private final TokenBucket writeRecords = new TokenBucket(1000);
    private final TokenBucket writeBytes = new TokenBucket(MIB);
    private final TokenBucket readCalls = new TokenBucket(5);
    private final TokenBucket readBytes = new TokenBucket(2 * MIB);

    ShardThroughput(boolean limited) {
        this.limited = limited;
    }

    /** Takes a record's share of the write limits, or nothing if one of them has too little. */
    synchronized boolean admitWrite(int bytes, long nowMillis) {
        if (!limited) {
            return true;
        }
        if (!writeRecords.holds(1, nowMillis) || !writeBytes.holds(bytes, nowMillis)) {
            return false;
        }
        writeRecords.take(1);
        writeBytes.take(bytes);
        return true;
    }

    /** Takes a GetRecords call, refused while earlier answers are above the byte rate. */
    synchronized boolean admitRead(long nowMillis) {
        if (!limited) {
            return true;
        }
        if (!readCalls.holds(1, nowMillis) || !readBytes.holds(1, nowMillis)) {
            return false;
        }
        readCalls.take(1);
        return true;
    }

    /** Counts the bytes of an answer against the read limit. */
    synchronized void countRead(long bytes) {
        readBytes.take(limited ? bytes : 0);
    }
}
