package io.sluice.local.command.rerate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.ContentHash;
import io.sluice.contract.TableShape;
import io.sluice.contract.json.Json;
import io.sluice.ingress.aws.Items;
import io.sluice.local.command.ledger.Days;
import io.sluice.local.command.tenants.TenantEntries;
import java.math.BigInteger;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of what history costs by other prices: hash key {@code tenant_id}, range key {@code
 * version_day_model}. What was billed stays where it is; each price version has rows of its own. A
 * tenant kept apart has a table of its own.
 */
public final class RerateStore {
    private final DynamoDbClient dynamoDb;
    private final TenantEntries entries;

    /** Writes with that client; the table must be there. */
    public RerateStore(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
        this.entries = new TenantEntries(dynamoDb);
    }

    /**
     * Puts a row unless it is there already.
     *
     * @return whether that changed anything
     */
    public boolean put(ObjectNode row) {
        String tenantId = row.path("tenant_id").asText();
        String table = TableShape.RERATED.tables().of(tenantId, entries.isolation(tenantId));
        String content = ContentHash.of(Json.text(row));
        try {
            dynamoDb.putItem(
                    r ->
                            r.tableName(table)
                                    .item(Items.attributes(row.put("content_hash", content)))
                                    .conditionExpression(
                                            "attribute_not_exists(tenant_id) OR content_hash <>"
                                                    + " :content")
                                    .expressionAttributeValues(
                                            Map.of(":content", Items.text(content))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /** A row of a tenant; money in 10^-12 USD. */
    static ObjectNode row(
            String tenantId, Rerating rerating, Rerating.Place place, Rerated rerated) {
        String day = Days.day(place.dayMillis());
        ObjectNode row =
                Json.object()
                        .put("tenant_id", tenantId)
                        .put(
                                "version_day_model",
                                rerating.version() + '#' + day + '#' + place.model())
                        .put("price_version", rerating.version())
                        .put("day", day)
                        .put("model", place.model());
        rerating.originalVersions(place).forEach(row.putArray("original_price_versions")::add);
        row.put("calls", rerated.calls());
        put(row, "tokens", rerated.tokens());
        put(row, "original_pico_usd", rerated.original());
        put(row, "rerated_pico_usd", rerated.rerated());
        row.put("estimated_calls", rerated.estimatedCalls());
        put(row, "estimated_original_pico_usd", rerated.estimatedOriginal());
        put(row, "estimated_rerated_pico_usd", rerated.estimatedRerated());
        row.put("ambiguous_attempts", rerated.ambiguousAttempts());
        put(row, "ambiguous_original_pico_usd", rerated.ambiguousOriginal());
        put(row, "ambiguous_rerated_pico_usd", rerated.ambiguousRerated());
        row.put("unpriced_calls", rerated.unpricedCalls());
        put(row, "unpriced_tokens", rerated.unpricedTokens());
        put(row, "unpriced_original_pico_usd", rerated.unpricedOriginal());
        return row;
    }

    private static void put(ObjectNode row, String name, BigInteger value) {
        row.put(name, value);
    }
}
