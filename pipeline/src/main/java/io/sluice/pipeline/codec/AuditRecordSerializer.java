package io.sluice.pipeline.codec;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.MerkleHash;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: tenant, number, kind, arrival, hash, body. */
public final class AuditRecordSerializer extends VersionedSerializer<AuditRecord> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public AuditRecordSerializer() {
        super(1, true);
    }

    @Override
    protected void write(AuditRecord value, DataOutputView out) throws IOException {
        out.writeUTF(value.tenantId());
        Varint.write(value.seq(), out);
        out.writeUTF(value.kind().wireName());
        Varint.write(value.arrivedAtMillis(), out);
        out.write(value.hash());
        Blob.write(value.body(), out);
    }

    @Override
    protected AuditRecord read(int writtenVersion, DataInputView in) throws IOException {
        String tenantId = in.readUTF();
        long seq = Varint.read(in);
        AuditKind kind = AuditKind.ofWireName(in.readUTF());
        long arrivedAtMillis = Varint.read(in);
        byte[] hash = new byte[MerkleHash.LENGTH];
        in.readFully(hash);
        return new AuditRecord(tenantId, seq, kind, arrivedAtMillis, hash, Blob.read(in));
    }

    @Override
    public TypeSerializerSnapshot<AuditRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<AuditRecord> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(AuditRecordSerializer::new);
        }
    }
}
