package io.sluice.pipeline.codec;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.json.DecisionJson;
import io.sluice.contract.json.Json;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: the request event, the JSON of the decision, the earlier turns, the stale answer. */
public final class AdmittedRequestSerializer extends VersionedSerializer<AdmittedRequest> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public AdmittedRequestSerializer() {
        super(1, true);
    }

    @Override
    protected void write(AdmittedRequest value, DataOutputView out) throws IOException {
        EventFields.write(value.request(), out);
        Blob.write(Json.bytes(DecisionJson.write(value.decision())), out);
        Varint.write(value.earlierTurns().size(), out);
        for (String turn : value.earlierTurns()) {
            Texts.write(turn, out);
        }
        String stale = value.staleAnswer();
        out.writeBoolean(stale != null);
        if (stale != null) {
            Texts.write(stale, out);
        }
    }

    @Override
    protected AdmittedRequest read(int writtenVersion, DataInputView in) throws IOException {
        RequestEvent request = (RequestEvent) EventFields.read(in);
        Decision decision = DecisionJson.read(Json.parse(Blob.read(in)));
        List<String> earlierTurns = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            earlierTurns.add(Texts.read(in));
        }
        String stale = in.readBoolean() ? Texts.read(in) : null;
        return new AdmittedRequest(request, decision, earlierTurns, stale);
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
