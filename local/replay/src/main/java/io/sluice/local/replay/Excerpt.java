package io.sluice.local.replay;

import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import io.sluice.contract.json.AuditInputJson;
import io.sluice.contract.json.MalformedJsonException;
import java.util.Arrays;

/** What of a record travels to its fold. */
enum Excerpt {
    /**
     * Its input, and the hash of its body to compare by. A record whose body does not have its hash
     * gets one that no record has, so that it differs from whatever is written again.
     */
    COMPARED {
        @Override
        RecordedInput of(AuditRecord record) {
            boolean whole = Arrays.equals(AuditRecord.hashOf(record.body()), record.hash());
            return input(record, whole ? record.hash() : AuditRecord.genesis());
        }
    },

    /** Its input. */
    INPUT {
        @Override
        RecordedInput of(AuditRecord record) {
            return input(record, record.hash());
        }
    },

    /** All of its body. */
    BODY {
        @Override
        RecordedInput of(AuditRecord record) {
            return part(record, record.hash(), 0, record.body().length);
        }
    };

    abstract RecordedInput of(AuditRecord record);

    private static RecordedInput input(AuditRecord record, byte[] hash) {
        RecordedInput input;
        try {
            input = AuditInputJson.of(record);
        } catch (MalformedJsonException e) {
            return part(record, hash, 0, 0); // the fold says that it cannot be read
        }
        return part(record, hash, input.from(), input.length());
    }

    private static RecordedInput part(AuditRecord record, byte[] hash, int from, int length) {
        return new RecordedInput(
                record.seq(),
                record.kind(),
                record.arrivedAtMillis(),
                hash,
                record.body(),
                from,
                length);
    }
}
