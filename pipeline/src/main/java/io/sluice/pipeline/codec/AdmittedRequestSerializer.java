package io.sluice.pipeline.codec;

import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.DecisionJson;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the JSON of the request event and of the decision. */
public final class AdmittedRequestSerializer extends VersionedSerializer<AdmittedRequest> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public AdmittedRequestSerializer() {
        super(1, true);
    }

    @Override
    protected void write(AdmittedRequest value, DataOutputView out) throws IOException {
        Blob.write(EventJson.write(value.request()), out);
        Blob.write(Json.bytes(DecisionJson.write(value.decision())), out);
    }

    @Override
    protected AdmittedRequest read(int writtenVersion, DataInputView in) throws IOException {
        RequestEvent request = (RequestEvent) EventJson.read(Blob.read(in));
        return new AdmittedRequest(request, DecisionJson.read(Json.parse(Blob.read(in))));
    }

    @Override
    public TypeSerializerSnapshot<AdmittedRequest> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<AdmittedRequest> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(AdmittedRequestSerializer::new);
        }
    }
}
