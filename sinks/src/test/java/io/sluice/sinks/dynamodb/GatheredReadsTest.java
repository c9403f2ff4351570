package io.sluice.sinks.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class GatheredReadsTest {
    private static final int REFUSED = 999;

    private final Table table = new Table();
    private final GatheredReads reads = new GatheredReads(table, "test", 1);

    @AfterEach
    void close() {
        reads.close();
    }

    @Test
    void whatWaitsIsReadWithOneCall() throws Exception {
        CompletableFuture<Optional<Map<String, AttributeValue>>> alone = read("t", 0);
        assertThat(table.entered.await(10, TimeUnit.SECONDS)).isTrue();
        List<CompletableFuture<Optional<Map<String, AttributeValue>>>> many = new ArrayList<>();
        for (int i = 1; i <= 150; i++) {
            many.add(read("t", i));
        }
        table.open.countDown();

        assertThat(alone.get(10, TimeUnit.SECONDS)).contains(item(0));
        for (int i = 1; i <= 150; i++) {
            assertThat(many.get(i - 1).get(10, TimeUnit.SECONDS))
                    .isEqualTo(i % 2 == 0 ? Optional.of(item(i)) : Optional.empty());
        }
        assertThat(table.sizes).containsExactly(1, 100, 50);
    }

    @Test
    void whatAnAnswerLeavesOutIsAskedForAgain() throws Exception {
        table.most = 7;
        CompletableFuture<Optional<Map<String, AttributeValue>>> alone = read("t", 0);
        List<CompletableFuture<Optional<Map<String, AttributeValue>>>> many = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            many.add(read("t", i));
            many.add(read("t", i));
        }
        table.open.countDown();

        assertThat(alone.get(10, TimeUnit.SECONDS)).contains(item(0));
        for (int i = 0; i < 80; i++) {
            int n = i / 2 + 1;
            assertThat(many.get(i).get(10, TimeUnit.SECONDS))
                    .isEqualTo(n % 2 == 0 ? Optional.of(item(n)) : Optional.empty());
        }
    }

    @Test
    void tableThatIsNotThereFailsItsOwnReadsAlone() throws Exception {
        CompletableFuture<Optional<Map<String, AttributeValue>>> first = read("t", 2);
        CompletableFuture<Optional<Map<String, AttributeValue>>> nowhere = read("absent", 2);
        CompletableFuture<Optional<Map<String, AttributeValue>>> last = read("t", 4);
        table.open.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).contains(item(2));
        assertThat(last.get(10, TimeUnit.SECONDS)).contains(item(4));
        assertThatThrownBy(() -> nowhere.get(10, TimeUnit.SECONDS))
                .hasCauseInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void keyThatIsRefusedFailsItsOwnReadAlone() throws Exception {
        CompletableFuture<Optional<Map<String, AttributeValue>>> first = read("t", 0);
        assertThat(table.entered.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Optional<Map<String, AttributeValue>>> good = read("t", 2);
        CompletableFuture<Optional<Map<String, AttributeValue>>> bad = read("t", REFUSED);
        CompletableFuture<Optional<Map<String, AttributeValue>>> absent = read("t", 3);
        table.open.countDown();

        assertThat(first.get(10, TimeUnit.SECONDS)).contains(item(0));
        assertThat(good.get(10, TimeUnit.SECONDS)).contains(item(2));
        assertThat(absent.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(DynamoDbException.class);
    }

    @Test
    void whatMayPassIsNotAskedForKeyByKey() throws Exception {
        CompletableFuture<Optional<Map<String, AttributeValue>>> first = read("t", 0);
        assertThat(table.entered.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Optional<Map<String, AttributeValue>>> one = read("t", 2);
        CompletableFuture<Optional<Map<String, AttributeValue>>> other = read("t", 4);
        table.throttled = true;
        table.open.countDown();

        for (CompletableFuture<?> read : List.of(first, one, other)) {
            assertThatThrownBy(() -> read.get(10, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(ProvisionedThroughputExceededException.class);
        }
        assertThat(table.calls).isEqualTo(2);
    }

    private CompletableFuture<Optional<Map<String, AttributeValue>>> read(String name, int n) {
        return reads.read(name, key(n));
    }

    private static Map<String, AttributeValue> key(int n) {
        return Map.of(
                "tenant_id", AttributeValue.fromS("acme"),
                "request_id", AttributeValue.fromS("req_" + n));
    }

    private static Map<String, AttributeValue> item(int n) {
        return Map.of(
                "tenant_id", AttributeValue.fromS("acme"),
                "request_id", AttributeValue.fromS("req_" + n),
                "output", AttributeValue.fromS("answer " + n));
    }

    /** Has the even requests; answers once it is open. */
    private static final class Table implements DynamoDbClient {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        final List<Integer> sizes = new ArrayList<>();
        int most = 100;
        int calls;
        volatile boolean throttled;

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            entered.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            calls++;
            if (throttled) {
                throw ProvisionedThroughputExceededException.builder().statusCode(400).build();
            }
            if (!request.hasRequestItems() || request.requestItems().containsKey("absent")) {
                throw ResourceNotFoundException.builder().message("no such table").build();
            }
            KeysAndAttributes asked = request.requestItems().get("t");
            assertThat(asked.consistentRead()).isTrue();
            assertThat(asked.keys()).doesNotHaveDuplicates();
            if (asked.keys().contains(key(REFUSED))) {
                throw DynamoDbException.builder()
                        .statusCode(400)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode("ValidationException").build())
                        .build();
            }
            sizes.add(asked.keys().size());
            int answered = Math.min(most, asked.keys().size());
            BatchGetItemResponse.Builder answer =
                    BatchGetItemResponse.builder()
                            .responses(Map.of("t", found(asked.keys().subList(0, answered))));
            List<Map<String, AttributeValue>> left =
                    asked.keys().subList(answered, asked.keys().size());
            return left.isEmpty()
                    ? answer.build()
                    : answer.unprocessedKeys(
                                    Map.of("t", KeysAndAttributes.builder().keys(left).build()))
                            .build();
        }

        private static List<Map<String, AttributeValue>> found(
                List<Map<String, AttributeValue>> keys) {
            List<Map<String, AttributeValue>> items = new ArrayList<>();
            for (Map<String, AttributeValue> key : keys) {
                int n = Integer.parseInt(key.get("request_id").s().substring(4));
                if (n % 2 == 0) {
                    items.add(0, item(n)); // in no order that anybody asked for
                }
            }
            return items;
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
