package io.sluice.local.command.reshard;

import io.sluice.contract.Names;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The events stream in Kinesis. */
final class KinesisEvents implements EventsStream {
    private final KinesisClient kinesis;

    KinesisEvents(KinesisClient kinesis) {
        this.kinesis = kinesis;
    }

    @Override
    public int openShards() {
        return describe().openShardCount();
    }

    @Override
    public void scaleTo(int shards) {
        kinesis.updateShardCount(
                r ->
                        r.streamName(Names.EVENTS_STREAM)
                                .targetShardCount(shards)
                                .scalingType(ScalingType.UNIFORM_SCALING));
    }

    @Override
    public boolean isActive() {
        return describe().streamStatus() == StreamStatus.ACTIVE;
    }

    private StreamDescriptionSummary describe() {
        return kinesis.describeStreamSummary(r -> r.streamName(Names.EVENTS_STREAM))
                .streamDescriptionSummary();
    }
}
