package io.sluice.local.replay;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.MerkleHash;
import io.sluice.contract.audit.RecordedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Records of one tenant from one file whose numbers follow each other without a gap: what travels
 * between the job's operators, because a few runs are sorted much faster than many records.
 */
final class Run {
    /** Tenant, number of the first record, number of the file, and the records. */
    static final TypeInformation<Tuple4<String, Long, Integer, byte[]>> TYPE =
            Types.TUPLE(
                    Types.STRING,
                    Types.LONG,
                    Types.INT,
                    PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final List<AuditKind> KINDS = List.of(AuditKind.values());
    private static final int HEAD_BYTES = Long.BYTES + 1 + MerkleHash.LENGTH + Integer.BYTES;

    private Run() {}

    /** A run that grows. */
    static final class Writer {
        private final long firstSeq;
        private final DataOutputSerializer out;
        private long records;

        /** Before its first record. */
        Writer(RecordedInput first) {
            this.firstSeq = first.seq();
            this.out = new DataOutputSerializer(2 * (HEAD_BYTES + first.length()));
        }

        boolean goesOnWith(long seq) {
            return seq == firstSeq + records;
        }

        void add(RecordedInput record) {
            try {
                out.writeLong(record.arrivedAtMillis());
                out.writeByte(KINDS.indexOf(record.kind()));
                out.write(record.hash());
                out.writeInt(record.length());
                out.write(record.bytes(), record.from(), record.length());
                records++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        int bytes() {
            return out.length();
        }

        Tuple4<String, Long, Integer, byte[]> of(String tenantId, int file) {
            return Tuple4.of(tenantId, firstSeq, file, out.getCopyOfBuffer());
        }
    }

    /** A run that is read, one record after the other. */
    static final class Reader {
        private final int file;
        private final byte[] bytes;
        private final DataInputDeserializer in;
        private long seq;

        /** Before the first record. */
        Reader(long firstSeq, int file, byte[] bytes) {
            this.seq = firstSeq;
            this.file = file;
            this.bytes = bytes;
            this.in = new DataInputDeserializer(bytes);
        }

        /** The number of the file that the run was in. */
        int file() {
            return file;
        }

        boolean hasNext() {
            return in.available() > 0;
        }

        /** The number of the next record. */
        long seq() {
            return seq;
        }

        /** The next record. */
        RecordedInput next() {
            try {
                long arrivedAtMillis = in.readLong();
                AuditKind kind = KINDS.get(in.readByte());
                byte[] hash = new byte[MerkleHash.LENGTH];
                in.readFully(hash);
                int length = in.readInt();
                int from = in.getPosition();
                in.skipBytesToRead(length);
                return new RecordedInput(seq++, kind, arrivedAtMillis, hash, bytes, from, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
