package io.sluice.contract.json;

import io.sluice.contract.audit.AuditHead;

/**
 * Reads of an audit record's body only its place in the history: an archive is walked at some
 * hundred thousand records a second, which reading all of each would not allow.
 */
public final class AuditHeadJson {
    private AuditHeadJson() {}

    /**
     * The place of a record of that body. What the body says besides is not looked into: its hash
     * vouches for it.
     *
     * @throws MalformedJsonException if it is none
     */
    public static AuditHead read(byte[] body) {
        String tenantId = null;
        String kind = null;
        String previousHash = null;
        long seq = 0;
        long arrivedAtMillis = -1;
        RawFields fields = new RawFields(body);
        while (fields.next()) {
            if (fields.isNamed("tenant_id")) {
                tenantId = fields.plainText();
            } else if (fields.isNamed("kind")) {
                kind = fields.plainText();
            } else if (fields.isNamed("prev_hash")) {
                previousHash = fields.plainText();
            } else if (fields.isNamed("seq")) {
                seq = fields.wholeNumber();
            } else if (fields.isNamed("arrived_at_millis")) {
                arrivedAtMillis = fields.wholeNumber();
            }
        }
        if (tenantId == null || kind == null || previousHash == null || seq < 1) {
            throw new MalformedJsonException(
                    "record: expected tenant_id, kind, prev_hash and a seq above 0");
        }
        return new AuditHead(tenantId, seq, kind, arrivedAtMillis, previousHash);
    }
}
