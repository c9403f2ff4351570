package io.sluice.local.command.provision;

import io.sluice.contract.ApiKeyItem;
import io.sluice.contract.Names;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.key.ApiKey;
import io.sluice.ingress.key.KeyMint;
import io.sluice.local.command.data.DataFolder;
import io.sluice.local.command.data.Keys;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The first administrator's key: the only one that is written without the admin API. */
public final class AdminKey {
    private AdminKey() {}

    /**
     * Makes a key and stores it, unless the one in the data folder is already in the table. It is
     * in the folder before it is in the table: a kill in between costs nothing.
     */
    public static Keys ensure(DynamoDbClient dynamoDb, DataFolder folder, long nowMillis)
            throws IOException {
        Keys keys = Keys.read(folder);
        Optional<ApiKey> present = ApiKey.parse(keys.admin());
        if (present.isPresent() && stored(dynamoDb, present.get())) {
            return keys;
        }
        KeyMint.MintedKey minted = new KeyMint().mint(ApiKey.ADMIN, "sluice up", nowMillis, 0);
        Keys more = keys.withAdmin(minted.key().text());
        more.write(folder);
        dynamoDb.putItem(
                r ->
                        r.tableName(Names.TENANTS_TABLE)
                                .item(Items.attributes(TenantItemJson.write(minted.item()))));
        return more;
    }

    private static boolean stored(DynamoDbClient dynamoDb, ApiKey key) {
        return dynamoDb.getItem(
                        r ->
                                r.tableName(Names.TENANTS_TABLE)
                                        .consistentRead(true)
                                        .key(
                                                Map.of(
                                                        "tenant_id",
                                                        Items.text(key.tenantId()),
                                                        "item",
                                                        Items.text(
                                                                ApiKeyItem.RANGE_PREFIX
                                                                        + key.keyId()))))
                .hasItem();
    }
}
