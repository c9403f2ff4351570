package io.sluice.local.cloudwatch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples as bytes, version 1. */
final class SampleCodec {

    private static final int VERSION = 1;

    private SampleCodec() {}

    static byte[] encode(Iterable<Sample> samples) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeByte(VERSION);
        for (Sample sample : samples) {
            encode(sample, out);
        }
        return bytes.toByteArray();
    }

    static List<Sample> decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "metric log has version "
                            + version
                            + ", expected "
                            + VERSION
                            + "; move it away to start afresh");
        }
        List<Sample> samples = new ArrayList<>();
        while (in.available() > 0) {
            samples.add(decode(in));
        }
        return samples;
    }

    private static void encode(Sample sample, DataOutputStream out) throws IOException {
        out.writeUTF(sample.metric().namespace());
        out.writeUTF(sample.metric().name());
        out.writeByte(sample.metric().dimensions().size());
        for (Map.Entry<String, String> dimension : sample.metric().dimensions().entrySet()) {
            out.writeUTF(dimension.getKey());
            out.writeUTF(dimension.getValue());
        }
        out.writeLong(sample.epochMinute());
        out.writeUTF(sample.unit());
        out.writeDouble(sample.count());
        out.writeDouble(sample.sum());
        out.writeDouble(sample.min());
        out.writeDouble(sample.max());
        out.writeShort(sample.values().size());
        for (int i = 0; i < sample.values().size(); i++) {
            out.writeDouble(sample.values().get(i));
            out.writeDouble(sample.counts().get(i));
        }
    }

    private static Sample decode(DataInputStream in) throws IOException {
        String namespace = in.readUTF();
        String name = in.readUTF();
        Map<String, String> dimensions = new TreeMap<>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            dimensions.put(in.readUTF(), in.readUTF());
        }
        long minute = in.readLong();
        String unit = in.readUTF();
        double count = in.readDouble();
        double sum = in.readDouble();
        double min = in.readDouble();
        double max = in.readDouble();
        List<Double> values = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            values.add(in.readDouble());
            counts.add(in.readDouble());
        }
        return new Sample(
                new MetricId(namespace, name, dimensions),
                minute,
                unit,
                count,
                sum,
                min,
                max,
                values,
                counts);
    }
}
