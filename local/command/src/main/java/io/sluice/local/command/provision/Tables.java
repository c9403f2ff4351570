package io.sluice.local.command.provision;

import io.sluice.contract.TableShape;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The tables of a system, as {@link TableShape} describes them. */
public final class Tables {
    private Tables() {}

    /** Makes the tables that are missing and waits until they can be used. */
    public static void createMissing(DynamoDbClient dynamoDb) {
        List<TableShape> shapes = List.of(TableShape.values());
        shapes.forEach(shape -> create(dynamoDb, shape.usualName(), shape));
        shapes.forEach(shape -> complete(dynamoDb, shape.usualName(), shape));
    }

    /** Makes a tenant's own tables that are missing and waits until they can be used. */
    public static void createOwn(DynamoDbClient dynamoDb, String tenantId) {
        List<TableShape> shapes = TableShape.perTenant();
        shapes.forEach(shape -> create(dynamoDb, shape.tables().own(tenantId), shape));
        shapes.forEach(shape -> complete(dynamoDb, shape.tables().own(tenantId), shape));
    }

    /** Makes the table of what history costs by other prices, if it is missing. */
    public static void createRerated(DynamoDbClient dynamoDb) {
        create(dynamoDb, TableShape.RERATED.usualName(), TableShape.RERATED);
        complete(dynamoDb, TableShape.RERATED.usualName(), TableShape.RERATED);
    }

    private static void create(DynamoDbClient dynamoDb, String name, TableShape shape) {
        try {
            dynamoDb.describeTable(r -> r.tableName(name));
        } catch (ResourceNotFoundException missing) {
            try {
                dynamoDb.createTable(
                        r ->
                                r.tableName(name)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(
                                                text(shape.hashKey()), text(shape.rangeKey()))
                                        .keySchema(
                                                key(shape.hashKey(), KeyType.HASH),
                                                key(shape.rangeKey(), KeyType.RANGE)));
            } catch (ResourceInUseException made) {
                return; // by another process, meanwhile
            }
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

    /** Waits until it can be used, and has its rows expire. */
    private static void complete(DynamoDbClient dynamoDb, String name, TableShape shape) {
        awaitActive(dynamoDb, name);
        String attribute = shape.expiresBy();
        if (attribute != null) {
            expire(dynamoDb, name, attribute);
        }
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

    private static void expire(DynamoDbClient dynamoDb, String name, String attribute) {
        TimeToLiveStatus now =
                dynamoDb.describeTimeToLive(r -> r.tableName(name))
                        .timeToLiveDescription()
                        .timeToLiveStatus();
        if (now == TimeToLiveStatus.DISABLED) {
            dynamoDb.updateTimeToLive(
                    r ->
                            r.tableName(name)
                                    .timeToLiveSpecification(
                                            t -> t.enabled(true).attributeName(attribute)));
        }
    }
}
