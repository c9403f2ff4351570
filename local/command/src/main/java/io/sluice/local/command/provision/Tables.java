package io.sluice.local.command.provision;

import io.sluice.contract.Names;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The tables of a system. */
public final class Tables {
    private static final String TENANT = "tenant_id";
    private static final String EXPIRES_AT = "expires_at";

    private Tables() {}

    /** Makes the tables that are missing and waits until they can be used. */
    public static void createMissing(DynamoDbClient dynamoDb) {
        create(dynamoDb, Names.REQUESTS_TABLE, "request_id");
        create(dynamoDb, Names.ATTEMPTS_TABLE, "attempt_key");
        create(dynamoDb, Names.USAGE_TABLE, "window");
        create(dynamoDb, Names.TENANTS_TABLE, "item");
        create(dynamoDb, Names.IDEMPOTENCY_TABLE, "key_hash");
        create(dynamoDb, Names.BATCHES_TABLE, "item");
        create(dynamoDb, Names.SESSIONS_TABLE, "conversation");
        create(dynamoDb, Names.DEAD_LETTERS_TABLE, "bucket", "item");
        createRerated(dynamoDb);
        awaitActive(dynamoDb, Names.REQUESTS_TABLE);
        awaitActive(dynamoDb, Names.ATTEMPTS_TABLE);
        awaitActive(dynamoDb, Names.USAGE_TABLE);
        awaitActive(dynamoDb, Names.TENANTS_TABLE);
        awaitActive(dynamoDb, Names.IDEMPOTENCY_TABLE);
        awaitActive(dynamoDb, Names.BATCHES_TABLE);
        awaitActive(dynamoDb, Names.SESSIONS_TABLE);
        awaitActive(dynamoDb, Names.DEAD_LETTERS_TABLE);
        expire(dynamoDb, Names.REQUESTS_TABLE);
        expire(dynamoDb, Names.ATTEMPTS_TABLE);
        expire(dynamoDb, Names.IDEMPOTENCY_TABLE);
        expire(dynamoDb, Names.BATCHES_TABLE);
        expire(dynamoDb, Names.SESSIONS_TABLE);
        expire(dynamoDb, Names.DEAD_LETTERS_TABLE);
    }

    /** Makes the table of what history costs by other prices, if it is missing. */
    public static void createRerated(DynamoDbClient dynamoDb) {
        create(dynamoDb, Names.RERATED_TABLE, "version_day_model");
        awaitActive(dynamoDb, Names.RERATED_TABLE);
    }

    private static void create(DynamoDbClient dynamoDb, String name, String rangeKey) {
        create(dynamoDb, name, TENANT, rangeKey);
    }

    private static void create(
            DynamoDbClient dynamoDb, String name, String hashKey, String rangeKey) {
        try {
            dynamoDb.describeTable(r -> r.tableName(name));
        } catch (ResourceNotFoundException e) {
            dynamoDb.createTable(
                    r ->
                            r.tableName(name)
                                    .billingMode(BillingMode.PAY_PER_REQUEST)
                                    .attributeDefinitions(List.of(text(hashKey), text(rangeKey)))
                                    .keySchema(
                                            List.of(
                                                    key(hashKey, KeyType.HASH),
                                                    key(rangeKey, KeyType.RANGE))));
        }
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static void awaitActive(DynamoDbClient dynamoDb, String name) {
        if (dynamoDb.describeTable(r -> r.tableName(name)).table().tableStatus()
                == TableStatus.ACTIVE) {
            return;
        }
        try (var waiter = dynamoDb.waiter()) {
            waiter.waitUntilTableExists(r -> r.tableName(name));
        }
    }

    private static void expire(DynamoDbClient dynamoDb, String name) {
        TimeToLiveStatus now =
                dynamoDb.describeTimeToLive(r -> r.tableName(name))
                        .timeToLiveDescription()
                        .timeToLiveStatus();
        if (now == TimeToLiveStatus.DISABLED) {
            dynamoDb.updateTimeToLive(
                    r ->
                            r.tableName(name)
                                    .timeToLiveSpecification(
                                            t -> t.enabled(true).attributeName(EXPIRES_AT)));
        }
    }
}
