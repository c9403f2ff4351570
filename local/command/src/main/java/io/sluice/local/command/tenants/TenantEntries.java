package io.sluice.local.command.tenants;

import io.sluice.contract.Isolation;
import io.sluice.contract.Names;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.aws.Items;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

/** The entries of tenants in the tenants table, which say where their rows lie. */
public final class TenantEntries {
    private final DynamoDbClient dynamoDb;

    /** Entries read and written with that client, which stays the caller's. */
    public TenantEntries(DynamoDbClient dynamoDb) {
        this.dynamoDb = dynamoDb;
    }

    /** A tenant's entry, also of a deleted one; empty if there never was one of that id. */
    public Optional<TenantItem> read(String tenantId) {
        GetItemResponse found =
                dynamoDb.getItem(
                        r ->
                                r.tableName(Names.TENANTS_TABLE)
                                        .consistentRead(true)
                                        .key(
                                                Map.of(
                                                        "tenant_id",
                                                        Items.text(tenantId),
                                                        "item",
                                                        Items.text(TenantItem.RANGE_KEY))));
        return found.hasItem()
                ? Optional.of(TenantItemJson.readTenant(Items.json(found.item())))
                : Optional.empty();
    }

    /**
     * Where rows of a tenant may lie, as {@link TenantItem#places()}; shared if it has no entry.
     */
    public List<Isolation> places(String tenantId) {
        return read(tenantId).map(TenantItem::places).orElse(List.of(Isolation.POOLED));
    }

    /** Where new rows of a tenant lie; shared if it has no entry. */
    public Isolation isolation(String tenantId) {
        return read(tenantId).map(TenantItem::isolation).orElse(Isolation.POOLED);
    }

    /**
     * Changes the entry of a deleted tenant, whoever else changes it meanwhile.
     *
     * @return whether it was changed: not if a tenant of that id was made anew
     */
    boolean changeDeleted(String tenantId, UnaryOperator<TenantItem.Builder> change) {
        while (true) {
            TenantItem seen = read(tenantId).filter(TenantItem::deleted).orElse(null);
            if (seen == null) {
                return false;
            }
            if (replace(change.apply(seen.toBuilder()).build())) {
                return true;
            }
        }
    }

    /**
     * Writes an entry under the next policy version, unless another write came first. No policy is
     * archived under that version: the first node that reads the entry makes one and archives it
     * under the version after.
     *
     * @param changed the entry as it was read, with what is to change
     * @return whether it was written
     */
    boolean replace(TenantItem changed) {
        int seen = changed.policyVersion();
        TenantItem next = changed.toBuilder().policyVersion(seen + 1).policyHash(null).build();
        try {
            dynamoDb.putItem(
                    r ->
                            r.tableName(Names.TENANTS_TABLE)
                                    .item(Items.attributes(TenantItemJson.write(next)))
                                    .conditionExpression("policy_version = :seen")
                                    .expressionAttributeValues(
                                            Map.of(":seen", Items.number(seen))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
