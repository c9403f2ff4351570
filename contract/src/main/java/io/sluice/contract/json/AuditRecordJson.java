package io.sluice.contract.json;

import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The records of the audit stream: {@code {"hash":"…","record":{…}}}. What is hashed stands there
 * to the byte, so a reader that wants to check it need not write it again.
 */
public final class AuditRecordJson {
    private static final String BEFORE_HASH = "{\"hash\":\"";
    private static final String BEFORE_RECORD = "\",\"record\":";
    private static final int RECORD_AT = BEFORE_HASH.length() + 64 + BEFORE_RECORD.length();

    private AuditRecordJson() {}

    /** The UTF-8 bytes of a record. */
    public static byte[] write(AuditRecord record) {
        byte[] head =
                (BEFORE_HASH + Hex.of(record.hash()) + BEFORE_RECORD)
                        .getBytes(StandardCharsets.US_ASCII);
        byte[] body = record.body();
        byte[] bytes = new byte[head.length + body.length + 1];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        bytes[bytes.length - 1] = '}';
        return bytes;
    }

    /**
     * The record of these bytes. Does not check that the hash is the body's.
     *
     * @throws MalformedJsonException if they are none
     */
    public static AuditRecord read(byte[] utf8) {
        Fields fields = Fields.of("audit", Json.parse(utf8));
        Fields record = fields.object("record");
        byte[] body = new byte[Math.max(0, utf8.length - RECORD_AT - 1)];
        if (body.length > 0) {
            System.arraycopy(utf8, RECORD_AT, body, 0, body.length);
        }
        AuditRecord read =
                new AuditRecord(
                        record.text("tenant_id"),
                        record.number("seq"),
                        record.word("kind", AuditKind::ofWireName),
                        record.number("arrived_at_millis"),
                        fields.word("hash", Hex::parse),
                        body);
        if (!Arrays.equals(write(read), utf8)) {
            throw new MalformedJsonException(
                    "audit: not written as {\"hash\":\"…\",\"record\":{…}} without white space");
        }
        return read;
    }
}
