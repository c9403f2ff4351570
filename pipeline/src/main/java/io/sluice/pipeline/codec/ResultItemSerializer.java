package io.sluice.pipeline.codec;

import io.sluice.contract.ResultItem;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.ResultItemJson;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the item. */
public final class ResultItemSerializer extends VersionedSerializer<ResultItem> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public ResultItemSerializer() {
        super(1, true);
    }

    @Override
    protected void write(ResultItem value, DataOutputView out) throws IOException {
        Blob.write(Json.bytes(ResultItemJson.write(value)), out);
    }

    @Override
    protected ResultItem read(int writtenVersion, DataInputView in) throws IOException {
        return ResultItemJson.read(Json.parse(Blob.read(in)));
    }

    @Override
    public TypeSerializerSnapshot<ResultItem> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ResultItem> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(ResultItemSerializer::new);
        }
    }
}
