package io.sluice.local.notebooks.dynamodb;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Which table is read, where it is, and in how many parts. */
final class ScannedTable implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most that DynamoDB allows. */
    private static final int MOST_SEGMENTS = 1_000_000;

    private final String name;
    private final String region;
    private final @Nullable String endpoint;
    private final int segments;

    ScannedTable(String name, String region, @Nullable String endpoint, int segments) {
        if (segments < 1 || segments > MOST_SEGMENTS) {
            throw new ValidationException(
                    "scan.segments: seen " + segments + ", expected 1 to " + MOST_SEGMENTS);
        }
        this.name = name;
        this.region = region;
        this.endpoint = endpoint;
        this.segments = segments;
    }

    String name() {
        return name;
    }

    int segments() {
        return segments;
    }

    /** A client of its own; the caller closes it. */
    DynamoDbClient connect() {
        DynamoDbClientBuilder builder =
                DynamoDbClient.builder()
                        .region(Region.of(region))
                        .httpClient(UrlConnectionHttpClient.create());
        return (endpoint == null ? builder : builder.endpointOverride(URI.create(endpoint)))
                .build();
    }
}
