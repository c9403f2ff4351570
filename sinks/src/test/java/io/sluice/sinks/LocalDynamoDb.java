package io.sluice.sinks;

import io.sluice.local.dynamodb.DynamoDbChild;
import io.sluice.sinks.aws.AwsAccess;
import io.sluice.sinks.aws.AwsService;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;

/** A real DynamoDB Local in a child process, with tables as the product has them. */
public final class LocalDynamoDb implements AutoCloseable {
    private final DynamoDbChild child;
    private final DynamoDbAsyncClient client;

    private LocalDynamoDb(DynamoDbChild child) {
        this.child = child;
        // The SDK's default chain reads these; the endpoint is on the loopback address.
        System.setProperty("aws.accessKeyId", "sluice");
        System.setProperty("aws.secretAccessKey", "sluice");
        client = access().apply(DynamoDbAsyncClient.builder()).build();
    }

    public static LocalDynamoDb start(Path dataDir) throws IOException {
        Path server = Path.of("..", "local", "dynamodb", "target");
        String classPath =
                server.resolve("classes")
                        + File.pathSeparator
                        + Files.readString(server.resolve("classpath.txt"));
        return new LocalDynamoDb(
                DynamoDbChild.start(
                        classPath, dataDir.resolve("db"), 0, dataDir.resolve("dynamodb.log")));
    }

    public AwsAccess access() {
        return AwsAccess.of(AwsService.DYNAMODB, "us-east-1", child.endpoint().toString());
    }

    /** A client for everyone; closed with the database. */
    public DynamoDbAsyncClient client() {
        return client;
    }

    /** Makes a table; those who share the database give each of their own a name of its own. */
    public void createTable(String name, String hashKey, String rangeKey) {
        client.createTable(
                        table ->
                                table.tableName(name)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(text(hashKey), text(rangeKey))
                                        .keySchema(
                                                key(hashKey, KeyType.HASH),
                                                key(rangeKey, KeyType.RANGE)))
                .join();
    }

    @Override
    public void close() {
        client.close();
        child.close();
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
