package io.sluice.sinks.cloudwatch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;

/**
 * The unsent batches in a checkpoint. Versions it reads: 1 (per batch: version, count of sets; per
 * set: name, dimensions, unit, scale, minute, count, sum, smallest, largest); others are refused.
 * How often a batch failed is not kept: a restored job starts counting anew.
 */
final class MetricStateSerializer extends AsyncSinkWriterStateSerializer<MetricBatch> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    protected void serializeRequestToStream(MetricBatch batch, DataOutputStream out)
            throws IOException {
        out.writeByte(VERSION);
        out.writeInt(batch.sets().size());
        for (MetricSet set : batch.sets()) {
            MetricKey key = set.key();
            out.writeUTF(key.name());
            MetricSampleCodec.writeDimensions(key.dimensions(), out);
            out.writeUTF(key.unit());
            out.writeByte(key.scale());
            out.writeLong(key.minuteMillis());
            out.writeLong(set.count());
            out.writeLong(set.sum());
            out.writeLong(set.min());
            out.writeLong(set.max());
        }
    }

    @Override
    protected MetricBatch deserializeRequestFromStream(long size, DataInputStream in)
            throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("metric batch: version " + version + ", expected " + VERSION);
        }
        int count = in.readInt();
        List<MetricSet> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            Map<String, String> dimensions = MetricSampleCodec.readDimensions(in);
            String unit = in.readUTF();
            int scale = in.readByte();
            MetricKey key = new MetricKey(name, dimensions, unit, scale, in.readLong());
            sets.add(
                    new MetricSet(key, in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return new MetricBatch(sets, 0);
    }
}
