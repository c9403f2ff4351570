package io.sluice.ingress;

import io.sluice.contract.Names;
import io.sluice.local.dynamodb.DynamoDbChild;
import io.sluice.local.kinesis.KinesisServer;
import io.sluice.local.kinesis.Limits;
import io.sluice.local.kinesis.Settings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Kinesis and DynamoDB of one machine, with the stream and the tables that the ingress needs. */
public final class LocalAws implements AutoCloseable {
    private final KinesisServer kinesis;
    private final DynamoDbChild dynamoDb;
    private final KinesisAsyncClient kinesisClient;
    private final DynamoDbAsyncClient dynamoDbClient;

    private LocalAws(Path directory, Limits limits) throws IOException {
        kinesis = KinesisServer.start(Settings.in(directory.resolve("kinesis")).withLimits(limits));
        dynamoDb =
                DynamoDbChild.start(
                        dynamoDbClassPath(),
                        directory.resolve("dynamodb"),
                        0,
                        directory.resolve("dynamodb.log"));
        var credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("sluice", "sluice"));
        kinesisClient =
                KinesisAsyncClient.builder()
                        .endpointOverride(kinesis.endpoint())
                        .credentialsProvider(credentials)
                        .region(Region.US_EAST_1)
                        .build();
        dynamoDbClient =
                DynamoDbAsyncClient.builder()
                        .endpointOverride(dynamoDb.endpoint())
                        .credentialsProvider(credentials)
                        .region(Region.US_EAST_1)
                        .build();
    }

    /** Starts both; everything they keep is below {@code directory}. */
    public static LocalAws start(Path directory, Limits limits) throws IOException {
        LocalAws aws = new LocalAws(directory, limits);
        aws.kinesisClient.createStream(b -> b.streamName(Names.EVENTS_STREAM).shardCount(2)).join();
        aws.kinesisClient
                .waiter()
                .waitUntilStreamExists(b -> b.streamName(Names.EVENTS_STREAM))
                .join();
        aws.createTable(Names.REQUESTS_TABLE, "request_id");
        aws.createTable(Names.USAGE_TABLE, "window");
        aws.createTable(Names.TENANTS_TABLE, "item");
        aws.createTable(Names.IDEMPOTENCY_TABLE, "key_hash");
        aws.createTable(Names.BATCHES_TABLE, "item");
        aws.createTable(Names.SESSIONS_TABLE, "conversation");
        aws.createTable(Names.DEAD_LETTERS_TABLE, "bucket", "item");
        aws.createTable(Names.ATTEMPTS_TABLE, "attempt_key");
        return aws;
    }

    /** What the environment of an ingress process would say, as system properties. */
    public Map<String, String> systemProperties() {
        return Map.of(
                "aws.region", "us-east-1",
                "aws.accessKeyId", "sluice",
                "aws.secretAccessKey", "sluice",
                "aws.endpointUrlKinesis", kinesis.endpoint().toString(),
                "aws.endpointUrlDynamoDb", dynamoDb.endpoint().toString());
    }

    /** The embedded Kinesis itself. */
    public KinesisServer kinesis() {
        return kinesis;
    }

    /** A client of the stream. */
    public KinesisAsyncClient kinesisClient() {
        return kinesisClient;
    }

    /** A client of the tables. */
    public DynamoDbAsyncClient dynamoDbClient() {
        return dynamoDbClient;
    }

    /** Where the tables are. */
    public URI dynamoDbEndpoint() {
        return dynamoDb.endpoint();
    }

    @Override
    public void close() throws IOException {
        kinesisClient.close();
        dynamoDbClient.close();
        dynamoDb.close();
        kinesis.close();
    }

    /** Makes a table of rows of tenants. */
    public void createOwnTable(String name, String range) {
        createTable(name, range);
    }

    private void createTable(String name, String range) {
        createTable(name, "tenant_id", range);
    }

    private void createTable(String name, String hash, String range) {
        dynamoDbClient
                .createTable(
                        b ->
                                b.tableName(name)
                                        .billingMode(BillingMode.PAY_PER_REQUEST)
                                        .attributeDefinitions(List.of(text(hash), text(range)))
                                        .keySchema(
                                                List.of(
                                                        key(hash, KeyType.HASH),
                                                        key(range, KeyType.RANGE))))
                .join();
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

    private static String dynamoDbClassPath() throws IOException {
        try {
            Path jar =
                    Path.of(
                            DynamoDbChild.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path libraries = Path.of("..", "local", "dynamodb", "target", "classpath.txt");
            return jar + File.pathSeparator + Files.readString(libraries);
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
