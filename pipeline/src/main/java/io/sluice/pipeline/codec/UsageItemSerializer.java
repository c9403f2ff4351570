package io.sluice.pipeline.codec;

import io.sluice.contract.UsageItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.UsageItemJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the item. */
public final class UsageItemSerializer extends VersionedSerializer<UsageItem> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public UsageItemSerializer() {
        super(1, true);
    }

    @Override
    protected void write(UsageItem value, DataOutputView out) throws IOException {
        Blob.write(Json.bytes(UsageItemJson.write(value)), out);
    }

    @Override
    protected UsageItem read(int writtenVersion, DataInputView in) throws IOException {
        return UsageItemJson.read(Json.parse(Blob.read(in)));
    }

    @Override
    public TypeSerializerSnapshot<UsageItem> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<UsageItem> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(UsageItemSerializer::new);
        }
    }
}
