package io.sluice.sinks.cloudwatch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The binary form of samples between operators. Versions it reads: 1 (version, name, dimensions,
 * unit, minute, value, scale); others are refused.
 */
public final class MetricSampleCodec {
    private static final int VERSION = 1;

    private MetricSampleCodec() {}

    /** Writes a sample. */
    public static void write(MetricSample sample, DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(sample.name());
        writeDimensions(sample.dimensions(), out);
        out.writeUTF(sample.unit());
        out.writeLong(sample.minuteMillis());
        out.writeLong(sample.value());
        out.writeByte(sample.scale());
    }

    /** Reads a sample. */
    public static MetricSample read(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("metric sample: version " + version + ", expected " + VERSION);
        }
        return new MetricSample(
                in.readUTF(),
                readDimensions(in),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readByte());
    }

    static void writeDimensions(Map<String, String> dimensions, DataOutput out) throws IOException {
        out.writeByte(dimensions.size());
        for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
            out.writeUTF(dimension.getKey());
            out.writeUTF(dimension.getValue());
        }
    }

    static Map<String, String> readDimensions(DataInput in) throws IOException {
        int count = in.readByte();
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            dimensions.put(name, in.readUTF());
        }
        return dimensions;
    }
}
