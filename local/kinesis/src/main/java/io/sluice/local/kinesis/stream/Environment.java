package io.sluice.local.kinesis.stream;

import io.sluice.local.kinesis.storage.DataDirectory;
import io.sluice.local.kinesis.storage.Durability;
import java.time.Clock;

/**
 * What all streams of a server share.
 *
 * @param directory where everything lies
 * @param clock the only source of time
 * @param limited whether the service's throughput limits and quotas hold
 * @param segmentBytes size at which a shard begins a new file
 * @param durability what an acknowledged record survives
 * @param faults failures that a test ordered
 */
public record Environment(
        DataDirectory directory,
        Clock clock,
        boolean limited,
        long segmentBytes,
        Durability durability,
        PutFaults faults) {}
