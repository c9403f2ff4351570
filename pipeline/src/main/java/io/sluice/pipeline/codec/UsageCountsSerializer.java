package io.sluice.pipeline.codec;

import io.sluice.contract.UsageCounts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the counters in the order of the class. */
public final class UsageCountsSerializer extends VersionedSerializer<UsageCounts> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public UsageCountsSerializer() {
        super(1, true);
    }

    @Override
    protected void write(UsageCounts value, DataOutputView out) throws IOException {
        Varint.write(value.requests(), out);
        Varint.write(value.admitted(), out);
        Varint.write(value.rejected(), out);
        Varint.write(value.cacheHits(), out);
        Varint.write(value.coalesced(), out);
        Varint.write(value.failed(), out);
        Varint.write(value.inputTokens(), out);
        Varint.write(value.outputTokens(), out);
        Varint.write(value.cacheReadTokens(), out);
        Varint.write(value.cacheWriteTokens(), out);
        Varint.write(value.costPicoUsd(), out);
    }

    @Override
    protected UsageCounts read(int writtenVersion, DataInputView in) throws IOException {
        return UsageCounts.builder()
                .requests(Varint.read(in))
                .admitted(Varint.read(in))
                .rejected(Varint.read(in))
                .cacheHits(Varint.read(in))
                .coalesced(Varint.read(in))
                .failed(Varint.read(in))
                .inputTokens(Varint.read(in))
                .outputTokens(Varint.read(in))
                .cacheReadTokens(Varint.read(in))
                .cacheWriteTokens(Varint.read(in))
                .costPicoUsd(Varint.read(in))
                .build();
    }

    @Override
    public TypeSerializerSnapshot<UsageCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UsageCounts> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(UsageCountsSerializer::new);
        }
    }
}
