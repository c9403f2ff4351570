package io.sluice.local.notebooks;

import io.sluice.contract.json.Json;
import io.sluice.contract.json.ResultItemJson;
import io.sluice.local.dynamodb.DynamoDbChild;
import io.sluice.local.kinesis.KinesisServer;
import io.sluice.local.kinesis.Limits;
import io.sluice.local.kinesis.Settings;
import io.sluice.sinks.dynamodb.ItemAttributes;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** An embedded Kinesis, whose time is that of the records, and a DynamoDB Local. */
final class StreamsAndTables implements AutoCloseable {
    static final String STREAM = "sluice-events";
    private static final int BATCH = 25;

    private volatile Instant now = Instant.EPOCH;
    private final KinesisServer kinesis;
    private final DynamoDbChild dynamoDb;
    private final KinesisClient stream;
    private final DynamoDbClient tables;

    StreamsAndTables(Path folder, Instant start) throws IOException {
        now = start;
        // The default chain of both SDKs reads these.
        for (String name : List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.secretKey")) {
            System.setProperty(name, "sluice");
        }
        kinesis =
                KinesisServer.start(
                        Settings.in(folder.resolve("kinesis"))
                                .withLimits(Limits.UNLIMITED)
                                .withClock(new RecordsClock()));
        Path server = Path.of("..", "dynamodb", "target");
        dynamoDb =
                DynamoDbChild.start(
                        server.resolve("classes")
                                + File.pathSeparator
                                + Files.readString(server.resolve("classpath.txt")),
                        folder.resolve("db"),
                        0,
                        folder.resolve("dynamodb.log"));
        stream =
                KinesisClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(kinesis.endpoint())
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
        tables =
                DynamoDbClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(URI.create(dynamoDb.endpoint().toString()))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
        stream.createStream(r -> r.streamName(STREAM).shardCount(2));
        try (var waiter = stream.waiter()) {
            waiter.waitUntilStreamExists(r -> r.streamName(STREAM));
        }
        createTable("sluice-requests", "request_id");
        createTable("sluice-usage", "window");
    }

    /** What notes need to know to read from here. */
    Map<String, String> settings(Note note) {
        Map<String, String> all =
                Map.of(
                        "kinesis", kinesis.endpoint().toString(),
                        "dynamodb", dynamoDb.endpoint().toString(),
                        "archive", Decided.ARCHIVE.toAbsolutePath().normalize().toUri().toString());
        Map<String, String> known = new java.util.HashMap<>(all);
        known.keySet().retainAll(note.settings().keySet());
        return known;
    }

    /** Stores a world's records at their times, and its results. */
    void store(World world) {
        List<World.Entry> entries = world.stream;
        int from = 0;
        while (from < entries.size()) {
            long arrivedAtMillis = entries.get(from).arrivedAtMillis();
            int to = from;
            while (to < entries.size() && entries.get(to).arrivedAtMillis() == arrivedAtMillis) {
                to++;
            }
            now = Instant.ofEpochMilli(arrivedAtMillis);
            put(entries.subList(from, to));
            from = to;
        }
        put(
                "sluice-requests",
                world.results.stream()
                        .map(r -> ItemAttributes.of(ResultItemJson.write(r)))
                        .toList());
    }

    /** At one time, in their order; neighbours of one tenant share a record. */
    private void put(List<World.Entry> entries) {
        List<PutRecordsRequestEntry> records = new ArrayList<>();
        int at = 0;
        while (at < entries.size()) {
            String tenant = entries.get(at).tenant();
            List<byte[]> data = new ArrayList<>();
            while (at < entries.size() && entries.get(at).tenant().equals(tenant)) {
                data.add(entries.get(at++).data());
            }
            byte[] record = data.size() == 1 ? data.get(0) : AggregatedRecord.of(tenant, data);
            records.add(
                    PutRecordsRequestEntry.builder()
                            .partitionKey(tenant)
                            .data(SdkBytes.fromByteArrayUnsafe(record))
                            .build());
        }
        var answer = stream.putRecords(r -> r.streamName(STREAM).records(records));
        if (answer.failedRecordCount() > 0) {
            throw new IllegalStateException("not all records were stored");
        }
    }

    void store(List<Books.Booked> booked) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (Books.Booked row : booked) {
            items.add(
                    ItemAttributes.of(
                            Json.object()
                                    .put("tenant_id", row.tenant())
                                    .put("window", row.rangeKey())
                                    .put("granularity", row.granularity())
                                    .put("window_start_millis", row.windowStartMillis())
                                    .put("cost_pico_usd", row.cost())));
        }
        put("sluice-usage", items);
    }

    private void put(String table, List<Map<String, AttributeValue>> items) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<WriteRequest> writes =
                    items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                            .map(
                                    item ->
                                            WriteRequest.builder()
                                                    .putRequest(
                                                            PutRequest.builder().item(item).build())
                                                    .build())
                            .toList();
            var answer = tables.batchWriteItem(r -> r.requestItems(Map.of(table, writes)));
            if (answer.hasUnprocessedItems() && !answer.unprocessedItems().isEmpty()) {
                throw new IllegalStateException("not all items were written");
            }
        }
    }

    private void createTable(String name, String rangeKey) {
        tables.createTable(
                r ->
                        r.tableName(name)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(text("tenant_id"), text(rangeKey))
                                .keySchema(
                                        key("tenant_id", KeyType.HASH),
                                        key(rangeKey, KeyType.RANGE)));
    }

    private static AttributeDefinition text(String name) {
        return AttributeDefinition.builder().attributeName(name).attributeType("S").build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }

    @Override
    public void close() throws IOException {
        stream.close();
        tables.close();
        kinesis.close();
        dynamoDb.close();
    }

    private final class RecordsClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
