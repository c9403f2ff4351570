package io.sluice.local.kinesis;

import io.sluice.local.kinesis.storage.Durability;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How a server runs.
 *
 * @param dataDirectory where everything is kept; one server at a time
 * @param port on the loopback address, 0 for a free one
 * @param limits whether the service's limits hold
 * @param durability what an acknowledged record survives
 * @param segmentBytes size at which a shard begins a new file
 * @param clock the only source of time: arrival times, retention, iterators, limits
 * @param region the Region in ARNs
 * @param accountId the account in ARNs, twelve digits
 */
public record Settings(
        Path dataDirectory,
        int port,
        Limits limits,
        Durability durability,
        long segmentBytes,
        Clock clock,
        String region,
        String accountId) {
    private static final long DEFAULT_SEGMENT_BYTES = 64L * 1024 * 1024;

    /** A free port, the service's limits, records that survive the process. */
    public static Settings in(Path dataDirectory) {
        return new Settings(
                dataDirectory,
                0,
                Limits.AWS,
                Durability.PROCESS,
                DEFAULT_SEGMENT_BYTES,
                Clock.systemUTC(),
                "us-east-1",
                "000000000000");
    }

    public Settings withPort(int newPort) {
        return new Settings(
                dataDirectory, newPort, limits, durability, segmentBytes, clock, region, accountId);
    }

    public Settings withLimits(Limits newLimits) {
        return new Settings(
                dataDirectory, port, newLimits, durability, segmentBytes, clock, region, accountId);
    }

    public Settings withDurability(Durability newDurability) {
        return new Settings(
                dataDirectory, port, limits, newDurability, segmentBytes, clock, region, accountId);
    }

    public Settings withSegmentBytes(long newSegmentBytes) {
        return new Settings(
                dataDirectory, port, limits, durability, newSegmentBytes, clock, region, accountId);
    }

    public Settings withClock(Clock newClock) {
        return new Settings(
                dataDirectory, port, limits, durability, segmentBytes, newClock, region, accountId);
    }

    public Settings withRegion(String newRegion) {
        return new Settings(
                dataDirectory, port, limits, durability, segmentBytes, clock, newRegion, accountId);
    }
}
