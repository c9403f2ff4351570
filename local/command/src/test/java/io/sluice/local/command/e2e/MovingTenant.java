package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.aws.Items;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * A tenant that is served while it moves, by rows alone: requests are stamped by an entry that may
 * be five seconds old; a request's attempt and result go where it was stamped to go, the usage
 * window where the newest policy seen says. Its own clock. Used by one thread.
 */
final class MovingTenant implements InstantSource {
    private static final int WINDOWS = 4;
    private static final long KNOWN_MILLIS = 5_000;

    private record Open(String id, Isolation isolation) {}

    private final DynamoDbClient dynamoDb;
    private final String id;
    private final Random random;
    private final List<Open> open = new ArrayList<>();
    private final TreeSet<String> ended = new TreeSet<>();
    private final TreeMap<String, Long> counts = new TreeMap<>();
    private long nowMillis = 1_800_000_000_000L;
    private long knownAtMillis;
    private TenantItem known;
    private TenantItem newest;
    private long seq;

    MovingTenant(DynamoDbClient dynamoDb, String id, Random random) {
        this.dynamoDb = dynamoDb;
        this.id = id;
        this.random = random;
        TenantItem entry =
                TenantItem.builder()
                        .tenantId(id)
                        .tier("free")
                        .overrides("{}")
                        .policyVersion(1)
                        .createdAtMillis(nowMillis)
                        .build();
        dynamoDb.putItem(
                b ->
                        b.tableName("sluice-tenants")
                                .item(Items.attributes(TenantItemJson.write(entry))));
        this.known = entry;
        this.newest = entry;
        this.knownAtMillis = nowMillis;
    }

    String id() {
        return id;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMillis);
    }

    /** Lets time pass; a node's knowledge ages with it. */
    void pass(Duration time) {
        nowMillis += time.toMillis();
    }

    /** Requests come and end. */
    void work(int events) {
        for (int i = 0; i < events; i++) {
            if (open.isEmpty() || random.nextInt(5) < 3) {
                begin();
            } else {
                end(open.remove(random.nextInt(open.size())));
            }
        }
    }

    /** A request comes or ends, at one of five moments. */
    void workNowAndThen() {
        if (random.nextInt(5) == 0) {
            work(1);
        }
    }

    /** Everything that is under way ends. */
    void settleAll() {
        while (!open.isEmpty()) {
            end(open.remove(0));
        }
    }

    private void begin() {
        if (nowMillis - knownAtMillis >= KNOWN_MILLIS) {
            known = TenantItemJson.readTenant(Items.json(entry()));
            knownAtMillis = nowMillis;
        }
        if (known.policyVersion() > newest.policyVersion()) {
            newest = known;
        }
        Open request = new Open(String.format("req_%06d", ++seq), known.isolation());
        open.add(request);
        put(
                TableShape.ATTEMPTS,
                request.isolation(),
                Map.of(
                        "attempt_key", Items.text(request.id() + "#1"),
                        "state", Items.text("claimed")));
        count();
    }

    private void end(Open request) {
        Map<String, AttributeValue> finished = new HashMap<>();
        finished.put("attempt_key", Items.text(request.id() + "#1"));
        finished.put("state", Items.text("finished"));
        finished.put("output", Items.text("answer to " + request.id()));
        put(TableShape.ATTEMPTS, request.isolation(), finished);
        put(
                TableShape.REQUESTS,
                request.isolation(),
                Map.of(
                        "request_id", Items.text(request.id()),
                        "output", Items.text("answer to " + request.id())));
        ended.add(request.id());
        seq++;
        count();
    }

    /** One more in one of the windows: an absolute count under the event's number. */
    private void count() {
        String window = "window-" + random.nextInt(WINDOWS);
        long count = counts.merge(window, 1L, Long::sum);
        Map<String, AttributeValue> row =
                Map.of(
                        "window", Items.text(window),
                        "requests", Items.number(count),
                        "version", Items.number(seq));
        try {
            dynamoDb.putItem(
                    b ->
                            b.tableName(table(TableShape.USAGE, newest.isolation()))
                                    .item(stamped(row, newest.isolation()))
                                    .conditionExpression(
                                            "attribute_not_exists(tenant_id) OR #v < :v")
                                    .expressionAttributeNames(Map.of("#v", "version"))
                                    .expressionAttributeValues(Map.of(":v", Items.number(seq))));
        } catch (ConditionalCheckFailedException e) {
            throw new AssertionError("a newer count than the newest: " + row, e);
        }
    }

    /** Each result, attempt and count once, with what it must say, and nothing anywhere else. */
    void assertAllLiesIn(Isolation isolation) {
        assertThat(keys(TableShape.REQUESTS, isolation)).containsExactlyElementsOf(ended);
        assertThat(keys(TableShape.ATTEMPTS, isolation))
                .containsExactlyElementsOf(ended.stream().map(one -> one + "#1").toList());
        assertThat(rows(TableShape.ATTEMPTS, isolation))
                .allMatch(row -> row.get("state").s().equals("finished"));
        TreeMap<String, Long> counted = new TreeMap<>();
        rows(TableShape.USAGE, isolation)
                .forEach(
                        row ->
                                counted.put(
                                        row.get("window").s(),
                                        Long.parseLong(row.get("requests").n())));
        assertThat(counted).isEqualTo(counts);
        for (TableShape shape : TableShape.perTenant()) {
            assertThat(rows(shape, isolation))
                    .allMatch(
                            row ->
                                    row.containsKey("isolation") == isolation.ownTables()
                                            || shape == TableShape.RERATED);
            if (isolation.ownTables()) {
                assertThat(rows(shape, Isolation.POOLED)).as(shape.usualName()).isEmpty();
            }
        }
    }

    /** Makes a result that was copied say something else; its id. */
    String changeAResultIn(String table) {
        String changed = keys(TableShape.REQUESTS, Isolation.POOLED).get(0);
        dynamoDb.putItem(
                b ->
                        b.tableName(table)
                                .item(
                                        mine(
                                                Map.of(
                                                        "request_id", Items.text(changed),
                                                        "output", Items.text("another answer")))));
        return changed;
    }

    boolean lies(String requestId, Isolation isolation) {
        return keys(TableShape.REQUESTS, isolation).contains(requestId);
    }

    private List<String> keys(TableShape shape, Isolation isolation) {
        return rows(shape, isolation).stream().map(row -> row.get(shape.rangeKey()).s()).toList();
    }

    private List<Map<String, AttributeValue>> rows(TableShape shape, Isolation isolation) {
        return dynamoDb
                .queryPaginator(
                        b ->
                                b.tableName(table(shape, isolation))
                                        .consistentRead(true)
                                        .keyConditionExpression("tenant_id = :tenant")
                                        .expressionAttributeValues(
                                                Map.of(":tenant", Items.text(id))))
                .items()
                .stream()
                .toList();
    }

    private Map<String, AttributeValue> entry() {
        return dynamoDb.getItem(
                        b ->
                                b.tableName("sluice-tenants")
                                        .consistentRead(true)
                                        .key(
                                                Map.of(
                                                        "tenant_id", Items.text(id),
                                                        "item", Items.text("tenant"))))
                .item();
    }

    private void put(TableShape shape, Isolation isolation, Map<String, AttributeValue> row) {
        dynamoDb.putItem(b -> b.tableName(table(shape, isolation)).item(stamped(row, isolation)));
    }

    private Map<String, AttributeValue> stamped(
            Map<String, AttributeValue> row, Isolation isolation) {
        Map<String, AttributeValue> item = mine(row);
        if (isolation.ownTables()) {
            item.put("isolation", Items.text(isolation.wireName()));
        }
        return item;
    }

    private Map<String, AttributeValue> mine(Map<String, AttributeValue> row) {
        Map<String, AttributeValue> item = new HashMap<>(row);
        item.put("tenant_id", Items.text(id));
        return item;
    }

    private String table(TableShape shape, Isolation isolation) {
        return shape.tables().of(id, isolation);
    }
}
