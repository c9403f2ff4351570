package io.sluice.local.command.archive;

import io.sluice.contract.Names;
import io.sluice.sinks.verify.TrustedHead;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** The newest digest as the sealer keeps it outside of the archive. */
public final class DynamoDbAnchor {
    private static final String ITEM = "newest";

    private DynamoDbAnchor() {}

    /** The anchor of the usual events stream; empty if nothing was sealed yet. */
    public static Optional<TrustedHead> read(DynamoDbClient client) {
        Map<String, AttributeValue> key =
                Map.of(
                        "log", AttributeValue.fromS(Names.EVENTS_STREAM),
                        "item", AttributeValue.fromS(ITEM));
        try {
            Map<String, AttributeValue> item =
                    client.getItem(
                                    get ->
                                            get.tableName(Names.AUDIT_ANCHORS_TABLE)
                                                    .key(key)
                                                    .consistentRead(true))
                            .item();
            AttributeValue number = item.get("number");
            AttributeValue hash = item.get("hash");
            return number == null || hash == null
                    ? Optional.empty()
                    : Optional.of(
                            new TrustedHead(
                                    "the anchor in " + Names.AUDIT_ANCHORS_TABLE,
                                    Long.parseLong(number.n()),
                                    hash.s()));
        } catch (ResourceNotFoundException noTable) {
            return Optional.empty();
        }
    }
}
