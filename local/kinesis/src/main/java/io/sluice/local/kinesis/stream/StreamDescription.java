package io.sluice.local.kinesis.stream;

import java.util.List;

/**
 * What is kept of a stream besides its records; written to the metadata file as it is.
 *
 * @param id never given to another stream, so that old iterators miss a stream created anew
 * @param name unique within the server
 * @param onDemand whether capacity is managed by the service
 * @param retentionHours how long records stay readable, 24 to 8760
 * @param maxRecordKib largest data plus key of a record, 1024 to 10240
 * @param createdMillis epoch milliseconds
 * @param shards open and closed shards by index, without those whose records have all expired
 * @param nextShardIndex the index of the next shard to be opened
 * @param consumers registered consumers in the order of their registration
 */
public record StreamDescription(
        long id,
        String name,
        boolean onDemand,
        int retentionHours,
        int maxRecordKib,
        long createdMillis,
        List<ShardDescription> shards,
        int nextShardIndex,
        List<ConsumerDescription> consumers) {

    public StreamDescription withRetentionHours(int hours) {
        return new StreamDescription(
                id,
                name,
                onDemand,
                hours,
                maxRecordKib,
                createdMillis,
                shards,
                nextShardIndex,
                consumers);
    }

    public StreamDescription withMaxRecordKib(int kib) {
        return new StreamDescription(
                id,
                name,
                onDemand,
                retentionHours,
                kib,
                createdMillis,
                shards,
                nextShardIndex,
                consumers);
    }

    StreamDescription withShards(List<ShardDescription> newShards, int newNextShardIndex) {
        return new StreamDescription(
                id,
                name,
                onDemand,
                retentionHours,
                maxRecordKib,
                createdMillis,
                List.copyOf(newShards),
                newNextShardIndex,
                consumers);
    }

    public StreamDescription withConsumers(List<ConsumerDescription> newConsumers) {
        return new StreamDescription(
                id,
                name,
                onDemand,
                retentionHours,
                maxRecordKib,
                createdMillis,
                shards,
                nextShardIndex,
                List.copyOf(newConsumers));
    }
}
