package io.sluice.benchmarks;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Whether every acknowledged request has a final result, read from the table itself.
 *
 * <p>While the backlog drains it asks only for the latest requests of each tenant, so as not to
 * load what it measures; afterwards it reads everything once.
 */
final class FinalResults implements AutoCloseable {
    private static final String TABLE = "sluice-requests";
    private static final int LATEST = 5;

    private final DynamoDbClient dynamoDb;

    FinalResults(String endpoint) {
        dynamoDb =
                DynamoDbClient.builder()
                        .endpointOverride(URI.create(endpoint))
                        .region(Region.US_EAST_1)
                        .credentialsProvider(
                                StaticCredentialsProvider.create(
                                        AwsBasicCredentials.create("sluice", "sluice")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build();
    }

    /**
     * What was found.
     *
     * @param lost acknowledged requests without a result
     * @param lastFinishedAtMillis when the last result was made, epoch milliseconds
     * @param outcomes results by decision, and failed ones by reason
     */
    record Found(long lost, long lastFinishedAtMillis, Map<String, Long> outcomes) {}

    /** Waits until all have a result, or for {@code atMost}. */
    Found await(Collection<LoadResult.Acknowledged> acknowledged, Duration atMost) {
        Map<String, List<String>> byTenant = new HashMap<>();
        acknowledged.forEach(
                a ->
                        byTenant.computeIfAbsent(a.tenantId(), t -> new ArrayList<>())
                                .add(a.requestId()));
        long giveUp = System.nanoTime() + atMost.toNanos();
        byTenant.forEach((tenant, ids) -> awaitLatest(tenant, ids, giveUp));
        Found found = read(byTenant);
        while (found.lost() > 0 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
            found = read(byTenant);
        }
        return found;
    }

    /** When each result of these tenants was made, epoch milliseconds by request id. */
    Map<String, Long> finishedAtMillis(Collection<String> tenants) {
        Map<String, Long> finished = new HashMap<>();
        for (String tenant : tenants) {
            for (Map<String, AttributeValue> item : results(tenant)) {
                finished.put(
                        attribute(item, "request_id").s(),
                        Long.parseLong(attribute(item, "finished_at_millis").n()));
            }
        }
        return finished;
    }

    private void awaitLatest(String tenant, List<String> ids, long giveUp) {
        for (String id : ids.subList(Math.max(0, ids.size() - LATEST), ids.size())) {
            while (!exists(tenant, id) && System.nanoTime() < giveUp) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private boolean exists(String tenant, String id) {
        return dynamoDb.getItem(
                        request ->
                                request.tableName(TABLE)
                                        .consistentRead(true)
                                        .projectionExpression("request_id")
                                        .key(
                                                Map.of(
                                                        "tenant_id",
                                                        AttributeValue.fromS(tenant),
                                                        "request_id",
                                                        AttributeValue.fromS(id))))
                .hasItem();
    }

    private Found read(Map<String, List<String>> byTenant) {
        long lost = 0;
        long lastFinishedAtMillis = 0;
        Map<String, Long> outcomes = new TreeMap<>();
        for (Map.Entry<String, List<String>> entry : byTenant.entrySet()) {
            Set<String> open = new HashSet<>(entry.getValue());
            for (Map<String, AttributeValue> item : results(entry.getKey())) {
                if (open.remove(attribute(item, "request_id").s())) {
                    lastFinishedAtMillis =
                            Math.max(
                                    lastFinishedAtMillis,
                                    Long.parseLong(attribute(item, "finished_at_millis").n()));
                    outcomes.merge(outcome(item), 1L, Long::sum);
                }
            }
            lost += open.size();
        }
        return new Found(lost, lastFinishedAtMillis, outcomes);
    }

    private static String outcome(Map<String, AttributeValue> item) {
        Map<String, AttributeValue> decision = attribute(item, "decision").m();
        return "failed".equals(attribute(item, "status").s())
                ? "failed: " + decision.getOrDefault("reason", AttributeValue.fromS("?")).s()
                : attribute(decision, "outcome").s();
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    private Iterable<Map<String, AttributeValue>> results(String tenant) {
        return dynamoDb.queryPaginator(
                        QueryRequest.builder()
                                .tableName(TABLE)
                                .consistentRead(true)
                                .keyConditionExpression("tenant_id = :t")
                                .expressionAttributeValues(
                                        Map.of(":t", AttributeValue.fromS(tenant)))
                                .expressionAttributeNames(Map.of("#s", "status", "#d", "decision"))
                                .projectionExpression("request_id, finished_at_millis, #s, #d")
                                .build())
                .items();
    }

    @Override
    public void close() {
        dynamoDb.close();
    }
}
