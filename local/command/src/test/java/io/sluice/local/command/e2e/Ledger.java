package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** What the tables say, read past all of Sluice with an unmodified DynamoDB client. */
final class Ledger implements AutoCloseable {
    private static final long MINUTE_MILLIS = 60_000;
    private static final Set<String> FINAL = Set.of("succeeded", "rejected", "failed", "cancelled");
    private static final List<String> COUNTS =
            List.of(
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "cost_pico_usd",
                    "requests",
                    "rejected",
                    "cache_hits",
                    "coalesced");

    private final DynamoDbClient dynamoDb;

    Ledger(String endpoint) {
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

    /** All result items. */
    List<Map<String, AttributeValue>> results() {
        return scan("sluice-requests");
    }

    /** All attempts to call models. */
    List<Map<String, AttributeValue>> attempts() {
        return scan("sluice-attempts");
    }

    /** Whether nobody knows what the provider made of an attempt. */
    static boolean isAmbiguous(Map<String, AttributeValue> attempt) {
        return "claimed".equals(attempt.get("state").s()) || attempt.get("ambiguous").bool();
    }

    /** What the answered attempts cost, by tenant. */
    Map<String, Long> costOfAnswers() {
        Map<String, Long> sums = new TreeMap<>();
        for (Map<String, AttributeValue> attempt : attempts()) {
            if (attempt.containsKey("status") && "succeeded".equals(attempt.get("status").s())) {
                sums.merge(
                        attempt.get("tenant_id").s(),
                        number(attempt.get("cost_pico_usd")),
                        Long::sum);
            }
        }
        return sums;
    }

    /**
     * What the results of called requests are billed, by tenant; without those that cost nothing.
     */
    Map<String, Long> billed() {
        Map<String, Long> sums = new TreeMap<>();
        for (Map<String, AttributeValue> item : results()) {
            long cost = number(item.get("cost_pico_usd"));
            if (cost != 0) {
                sums.merge(item.get("tenant_id").s(), cost, Long::sum);
            }
        }
        return sums;
    }

    /**
     * What is paid to the provider as far as anybody knows, by request, and what is estimated
     * beside it, as the results say; without requests of which both are 0.
     */
    Map<String, ProviderCost> providerCostOfResults() {
        Map<String, ProviderCost> costs = new TreeMap<>();
        for (Map<String, AttributeValue> item : results()) {
            long exact =
                    number(item.getOrDefault("provider_cost_pico_usd", item.get("cost_pico_usd")));
            AttributeValue estimated = item.get("estimated_cost_pico_usd");
            add(costs, item, exact, estimated == null ? 0 : number(estimated));
        }
        return costs;
    }

    /** The same as the attempts say. */
    Map<String, ProviderCost> providerCostOfAttempts() {
        Map<String, ProviderCost> costs = new TreeMap<>();
        for (Map<String, AttributeValue> attempt : attempts()) {
            if (attempt.containsKey("cost_pico_usd")) {
                long cost = number(attempt.get("cost_pico_usd"));
                boolean estimated = attempt.get("estimated").bool();
                add(costs, attempt, estimated ? 0 : cost, estimated ? cost : 0);
            }
        }
        return costs;
    }

    private static void add(
            Map<String, ProviderCost> costs,
            Map<String, AttributeValue> item,
            long exact,
            long estimated) {
        if (exact != 0 || estimated != 0) {
            costs.merge(
                    item.get("request_id").s(),
                    new ProviderCost(exact, estimated),
                    ProviderCost::plus);
        }
    }

    /** Attempts that were claimed and of which no end was stored, by their keys. */
    Set<String> unfinishedAttempts() {
        Set<String> unfinished = new HashSet<>();
        for (Map<String, AttributeValue> attempt : attempts()) {
            if ("claimed".equals(attempt.get("state").s())) {
                unfinished.add(attempt.get("attempt_key").s());
            }
        }
        return unfinished;
    }

    /**
     * What a request costs the one who runs Sluice, 10^-12 USD.
     *
     * @param exact of attempts that ended
     * @param estimated of attempts of which nobody knows
     */
    record ProviderCost(long exact, long estimated) {
        ProviderCost plus(ProviderCost other) {
            return new ProviderCost(exact + other.exact, estimated + other.estimated);
        }
    }

    /** Of these ids, the ones without a final result. */
    Set<String> withoutResult(Collection<String> requestIds) {
        Set<String> open = new HashSet<>(requestIds);
        for (Map<String, AttributeValue> item : results()) {
            assertThat(FINAL).contains(item.get("status").s());
            open.remove(item.get("request_id").s());
        }
        return open;
    }

    /** Sums over all result items, by tenant and count. */
    Map<String, Map<String, Long>> sumOfResults() {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        for (Map<String, AttributeValue> item : results()) {
            Map<String, Long> sum = of(sums, item);
            item.get("usage")
                    .m()
                    .forEach((name, value) -> sum.merge(name, number(value), Long::sum));
            sum.merge("cost_pico_usd", number(item.get("cost_pico_usd")), Long::sum);
            sum.merge("requests", 1L, Long::sum);
            sum.merge("rejected", "rejected".equals(item.get("status").s()) ? 1L : 0L, Long::sum);
            String outcome = outcome(item);
            sum.merge("cache_hits", "cache_hit".equals(outcome) ? 1L : 0L, Long::sum);
            sum.merge("coalesced", "coalesced".equals(outcome) ? 1L : 0L, Long::sum);
        }
        return sums;
    }

    /** Sums over all usage windows of that length, by tenant and count. */
    Map<String, Map<String, Long>> sumOfUsage(String granularity) {
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        for (Map<String, AttributeValue> item : scan("sluice-usage")) {
            if (granularity.equals(item.get("granularity").s())) {
                Map<String, Long> sum = of(sums, item);
                COUNTS.forEach(name -> sum.merge(name, number(item.get(name)), Long::sum));
            }
        }
        return sums;
    }

    /**
     * The most requests that were admitted within any sixty seconds of decision time, by tenant.
     */
    Map<String, Integer> mostAdmittedInAnyMinute() {
        Map<String, List<Long>> admitted = new HashMap<>();
        for (Map<String, AttributeValue> item : results()) {
            if (!"rejected".equals(outcome(item))) {
                admitted.computeIfAbsent(item.get("tenant_id").s(), t -> new ArrayList<>())
                        .add(number(item.get("decision").m().get("decided_at_millis")));
            }
        }
        Map<String, Integer> most = new TreeMap<>();
        admitted.forEach((tenant, times) -> most.put(tenant, mostInAnyMinute(times)));
        return most;
    }

    /** What a tenant's results cost so far, 10^-12 USD. */
    long costOf(String tenant) {
        return resultsOf(tenant).stream()
                .mapToLong(item -> number(item.get("cost_pico_usd")))
                .sum();
    }

    /** What was left of each limit after the decision on that request. */
    Map<String, Long> limitsLeft(String tenant, String requestId) {
        Map<String, Long> left = new TreeMap<>();
        for (Map<String, AttributeValue> item : resultsOf(tenant)) {
            if (item.get("request_id").s().equals(requestId)) {
                item.get("decision")
                        .m()
                        .get("limits")
                        .l()
                        .forEach(
                                limit ->
                                        left.put(
                                                limit.m().get("name").s(),
                                                number(limit.m().get("remaining"))));
            }
        }
        return left;
    }

    /** Results by request id. */
    Map<String, Map<String, AttributeValue>> resultsById() {
        Map<String, Map<String, AttributeValue>> byId = new HashMap<>();
        results().forEach(item -> byId.put(item.get("request_id").s(), item));
        return byId;
    }

    /** All items of a table; empty when there is no such table. */
    Optional<List<Map<String, AttributeValue>>> itemsOf(String table) {
        return dynamoDb.listTables().tableNames().contains(table)
                ? Optional.of(scan(table))
                : Optional.empty();
    }

    private List<Map<String, AttributeValue>> resultsOf(String tenant) {
        return results().stream().filter(item -> item.get("tenant_id").s().equals(tenant)).toList();
    }

    private static int mostInAnyMinute(List<Long> times) {
        Collections.sort(times);
        int most = 0;
        int oldest = 0;
        for (int newest = 0; newest < times.size(); newest++) {
            while (times.get(oldest) <= times.get(newest) - MINUTE_MILLIS) {
                oldest++;
            }
            most = Math.max(most, newest - oldest + 1);
        }
        return most;
    }

    private static String outcome(Map<String, AttributeValue> item) {
        return item.get("decision").m().get("outcome").s();
    }

    private static Map<String, Long> of(
            Map<String, Map<String, Long>> sums, Map<String, AttributeValue> item) {
        return sums.computeIfAbsent(item.get("tenant_id").s(), t -> new TreeMap<>());
    }

    private static long number(AttributeValue value) {
        return Long.parseLong(value.n());
    }

    /** All usage windows of a granularity. */
    List<Map<String, AttributeValue>> usage(String granularity) {
        return scan("sluice-usage").stream()
                .filter(row -> row.get("granularity").s().equals(granularity))
                .toList();
    }

    private List<Map<String, AttributeValue>> scan(String table) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        dynamoDb.scanPaginator(ScanRequest.builder().tableName(table).consistentRead(true).build())
                .items()
                .forEach(items::add);
        return items;
    }

    @Override
    public void close() {
        dynamoDb.close();
    }
}
