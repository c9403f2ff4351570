package io.sluice.local.dynamodb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Unmodified SDK clients, the table and the items of these tests. */
final class Sdk {

    static final String TABLE = "results";
    static final String CLASS_PATH = classPath();

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** Shared, because each group takes two seconds to end. */
    private static final SdkEventLoopGroup EVENT_LOOPS =
            SdkEventLoopGroup.builder().numberOfThreads(2).build();

    private Sdk() {}

    static DynamoDbAsyncClient async(URI endpoint) {
        return DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().eventLoopGroup(EVENT_LOOPS))
                .build();
    }

    static DynamoDbClient sync(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(CREDENTIALS)
                .build();
    }

    static void createTable(DynamoDbAsyncClient client) {
        client.createTable(
                        t ->
                                t.tableName(TABLE)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(string("pk"), string("sk"))
                                        .keySchema(
                                                key("pk", KeyType.HASH), key("sk", KeyType.RANGE)))
                .join();
    }

    static PutItemRequest putNew(String sortKey) {
        return PutItemRequest.builder()
                .tableName(TABLE)
                .item(
                        Map.of(
                                "pk",
                                AttributeValue.fromS("t1"),
                                "sk",
                                AttributeValue.fromS(sortKey),
                                "d",
                                AttributeValue.fromS("x".repeat(800))))
                .conditionExpression("attribute_not_exists(pk)")
                .build();
    }

    static TransactWriteItem transactNew(String sortKey) {
        PutItemRequest put = putNew(sortKey);
        return TransactWriteItem.builder()
                .put(
                        p ->
                                p.tableName(put.tableName())
                                        .item(put.item())
                                        .conditionExpression(put.conditionExpression()))
                .build();
    }

    private static AttributeDefinition string(String name) {
        return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    private static String classPath() {
        try {
            return Path.of("target", "classes")
                    + System.getProperty("path.separator")
                    + Files.readString(Path.of("target", "classpath.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
