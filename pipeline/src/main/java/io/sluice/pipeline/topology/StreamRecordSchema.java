package io.sluice.pipeline.topology;

import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.enforce.StreamRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.connectors.kinesis.serialization.KinesisDeserializationSchema;

/** Takes records from the stream as they are; judging them is the parser's work. */
public final class StreamRecordSchema implements KinesisDeserializationSchema<StreamRecord> {
    private static final long serialVersionUID = 1;

    @Override
    public StreamRecord deserialize(
            byte[] recordValue,
            String partitionKey,
            String seqNum,
            long approxArrivalTimestamp,
            String stream,
            String shardId) {
        return new StreamRecord(recordValue, partitionKey, shardId, seqNum, approxArrivalTimestamp);
    }

    @Override
    public TypeInformation<StreamRecord> getProducedType() {
        return Types.STREAM_RECORD;
    }
}
