package io.sluice.local.command.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** The streams, past all of Sluice, with an unmodified Kinesis client. */
final class EventStream implements AutoCloseable {
    private static final String EVENTS = "sluice-events";
    private static final String DEAD_LETTERS = "sluice-dead-letters";

    private final KinesisClient kinesis;

    EventStream(String endpoint) {
        kinesis =
                KinesisClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("sluice", "sluice")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
    }

    /** Puts a record on the events stream and returns its sequence number. */
    String put(String partitionKey, byte[] data) {
        return kinesis.putRecord(
                        put ->
                                put.streamName(EVENTS)
                                        .partitionKey(partitionKey)
                                        .data(SdkBytes.fromByteArray(data)))
                .sequenceNumber();
    }

    /** All events so far. */
    List<byte[]> events() {
        return all(EVENTS);
    }

    /** All dead letters so far. */
    List<JsonNode> allDeadLetters() {
        return all(DEAD_LETTERS).stream()
                .map(letter -> Json.parse(new String(letter, StandardCharsets.UTF_8)))
                .toList();
    }

    /** All dead letters so far, by the sequence number of the record they tell of. */
    Map<String, JsonNode> deadLetters() {
        Map<String, JsonNode> letters = new HashMap<>();
        for (byte[] letter : all(DEAD_LETTERS)) {
            JsonNode json = Json.parse(new String(letter, StandardCharsets.UTF_8));
            letters.put(json.path("sequence_number").asText(), json);
        }
        return letters;
    }

    private List<byte[]> all(String stream) {
        List<byte[]> records = new ArrayList<>();
        for (Shard shard : kinesis.listShards(list -> list.streamName(stream)).shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    get ->
                                            get.streamName(stream)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            GetRecordsResponse page;
            do {
                String next = iterator;
                page = kinesis.getRecords(get -> get.shardIterator(next));
                page.records().forEach(record -> records.add(record.data().asByteArray()));
                iterator = page.nextShardIterator();
            } while (iterator != null
                    && (page.millisBehindLatest() > 0 || !page.records().isEmpty()));
        }
        return records;
    }

    @Override
    public void close() {
        kinesis.close();
    }
}
