package io.sluice.local.command.tenants;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Event;
import io.sluice.contract.Names;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.MalformedJsonException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Has the job erase what it keeps of a tenant: appends the command to the tenant's log and reads
 * the stream on until the job's own command there says what became of it.
 */
public final class EraseOrder {
    /** A shard takes five reads a second from all readers together. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final KinesisClient kinesis;
    private final TenantMove.Rest rest;

    /** By way of that client, which stays the caller's. */
    public EraseOrder(KinesisClient kinesis, TenantMove.Rest rest) {
        this.kinesis = kinesis;
        this.rest = rest;
    }

    /**
     * Whether everything was erased; false if requests of the tenant are open.
     *
     * @param commandId not used before
     * @param patience how long the job may take
     * @return empty if the job did not answer in that time
     */
    public Optional<Boolean> send(String tenantId, String commandId, Duration patience)
            throws InterruptedException {
        List<String> iterators = latest();
        CommandEvent command =
                CommandEvent.builder()
                        .tenantId(tenantId)
                        .commandId(commandId)
                        .name(Names.ERASE_TENANT)
                        .build();
        kinesis.putRecord(
                r ->
                        r.streamName(Names.EVENTS_STREAM)
                                .partitionKey(tenantId)
                                .data(SdkBytes.fromByteArray(EventJson.write(command))));
        for (long left = patience.dividedBy(PAUSE); left > 0; left--) {
            for (int i = 0; i < iterators.size(); i++) {
                GetRecordsResponse page = read(iterators.get(i));
                if (page != null) {
                    for (Record record : page.records()) {
                        Optional<Boolean> answer = answer(record, commandId);
                        if (answer.isPresent()) {
                            return answer;
                        }
                    }
                    iterators.set(i, page.nextShardIterator());
                }
            }
            iterators.removeIf(Objects::isNull);
            rest.rest(PAUSE);
        }
        return Optional.empty();
    }

    private List<String> latest() {
        List<String> iterators = new ArrayList<>();
        kinesis.listShards(r -> r.streamName(Names.EVENTS_STREAM))
                .shards()
                .forEach(
                        shard ->
                                iterators.add(
                                        kinesis.getShardIterator(
                                                        r ->
                                                                r.streamName(Names.EVENTS_STREAM)
                                                                        .shardId(shard.shardId())
                                                                        .shardIteratorType(
                                                                                ShardIteratorType
                                                                                        .LATEST))
                                                .shardIterator()));
        return iterators;
    }

    private @Nullable GetRecordsResponse read(String iterator) {
        try {
            return kinesis.getRecords(r -> r.shardIterator(iterator));
        } catch (ProvisionedThroughputExceededException | LimitExceededException e) {
            return null; // read again in the next round
        }
    }

    private static Optional<Boolean> answer(Record record, String commandId) {
        Event event;
        try {
            event = EventJson.read(record.data().asByteArray());
        } catch (MalformedJsonException e) {
            return Optional.empty(); // somebody else's, for the dead letters
        }
        if (event instanceof CommandEvent answer && commandId.equals(answer.subject())) {
            return switch (answer.name()) {
                case Names.TENANT_ERASED -> Optional.of(true);
                case Names.ERASE_REFUSED -> Optional.of(false);
                default -> Optional.empty();
            };
        }
        return Optional.empty();
    }
}
