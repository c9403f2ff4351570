package io.sluice.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.contract.audit.AuditHead;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of an audit record's body only its place in the history: an archive is walked at some
 * hundred thousand records a second, which building a tree of each would not allow.
 */
public final class AuditHeadJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AuditHeadJson() {}

    /**
     * The place of a record of that body.
     *
     * @throws MalformedJsonException if it is none
     */
    public static AuditHead read(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            return new Reading(parser).head();
        } catch (IOException e) {
            throw new MalformedJsonException("record: not JSON", e);
        }
    }

    private static final class Reading {
        private final JsonParser parser;
        private @Nullable String tenantId;
        private @Nullable String kind;
        private @Nullable String previousHash;
        private long seq;
        private long arrivedAtMillis = -1;

        private Reading(JsonParser parser) {
            this.parser = parser;
        }

        private AuditHead head() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJsonException("record: expected an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName());
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new MalformedJsonException("record: does not end where its object does");
            }
            if (tenantId == null || kind == null || previousHash == null || seq < 1) {
                throw new MalformedJsonException(
                        "record: expected tenant_id, kind, prev_hash and a seq above 0");
            }
            return new AuditHead(tenantId, seq, kind, arrivedAtMillis, previousHash);
        }

        private void field(String name) throws IOException {
            parser.nextToken();
            switch (name) {
                case "tenant_id":
                    tenantId = parser.getText();
                    break;
                case "kind":
                    kind = parser.getText();
                    break;
                case "prev_hash":
                    previousHash = parser.getText();
                    break;
                case "seq":
                    seq = number();
                    break;
                case "arrived_at_millis":
                    arrivedAtMillis = number();
                    break;
                default:
                    parser.skipChildren();
            }
        }

        /** One beyond what readers keep exactly is written as a text of its digits. */
        private long number() throws IOException {
            try {
                return parser.currentToken() == JsonToken.VALUE_STRING
                        ? Long.parseLong(parser.getText())
                        : parser.getLongValue();
            } catch (NumberFormatException e) {
                throw new MalformedJsonException("record: a number is none", e);
            }
        }
    }
}
