package io.sluice.sinks.dynamodb;

import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.aws.StoreThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Consistent reads of single items. Those that wait while others are under way are made with one
 * call, so that a run which asks for hundreds at once, as after a restart, makes a handful of
 * calls, and a read that comes alone is made at once. Tables take turns; a call is for one table,
 * and what a call is refused for is asked for key by key, so that a table or key that cannot be
 * read fails the reads of itself only. Thread-safe.
 */
public final class GatheredReads implements AutoCloseable {
    /** What one BatchGetItem takes at most (DynamoDB API reference, BatchGetItem). */
    private static final int MOST_KEYS = 100;

    private final DynamoDbClient client;
    private final ExecutorService threads;

    /** Tables of which something is to be read, the one whose turn it is first. */
    private final Map<String, ArrayDeque<Read>> waiting = new LinkedHashMap<>();

    /** {@code most} calls at once, by a client that stays the caller's. */
    public GatheredReads(DynamoDbClient client, String name, int most) {
        this.client = client;
        this.threads = StoreThreads.of(name, most);
    }

    /**
     * Completes with the item, empty if there is none; sees every write made before. Fails with
     * what the client said; where that may pass, reads made with the same call fail alike.
     *
     * @param key all attributes of the table's key
     */
    public CompletableFuture<Optional<Map<String, AttributeValue>>> read(
            String table, Map<String, AttributeValue> key) {
        Read read = new Read(key);
        await(table, List.of(read));
        return read.end;
    }

    /** Interrupts calls under way and forgets what waits: their futures may never complete. */
    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void await(String table, List<Read> reads) {
        synchronized (waiting) {
            waiting.computeIfAbsent(table, key -> new ArrayDeque<>()).addAll(reads);
        }
        threads.execute(this::readNext);
    }

    private void readNext() {
        String table;
        List<Read> reads = new ArrayList<>();
        synchronized (waiting) {
            Iterator<Map.Entry<String, ArrayDeque<Read>>> first = waiting.entrySet().iterator();
            if (!first.hasNext()) {
                return; // read along with others
            }
            Map.Entry<String, ArrayDeque<Read>> turn = first.next();
            table = turn.getKey();
            ArrayDeque<Read> line = turn.getValue();
            first.remove();
            while (!line.isEmpty() && reads.size() < MOST_KEYS) {
                reads.add(line.remove());
            }
            if (!line.isEmpty()) {
                waiting.put(table, line);
                threads.execute(this::readNext);
            }
        }
        read(table, reads);
    }

    private void read(String table, List<Read> reads) {
        Map<Map<String, AttributeValue>, List<Read>> byKey = new LinkedHashMap<>();
        reads.forEach(read -> byKey.computeIfAbsent(read.key, key -> new ArrayList<>()).add(read));
        try {
            answered(table, byKey, client.batchGetItem(consistently(table, byKey.keySet())));
        } catch (Throwable e) {
            failed(table, byKey, e);
        }
    }

    private void answered(
            String table,
            Map<Map<String, AttributeValue>, List<Read>> byKey,
            BatchGetItemResponse answer) {
        List<Read> left = new ArrayList<>(); // more than one answer holds; each has some
        for (Map<String, AttributeValue> key : unread(answer, table)) {
            left.addAll(byKey.getOrDefault(key, List.of()));
            byKey.remove(key);
        }
        if (!left.isEmpty()) {
            await(table, left);
        }
        for (Map<String, AttributeValue> item : answer.responses().getOrDefault(table, List.of())) {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(byKey.keySet().iterator().next().keySet());
            byKey.getOrDefault(key, List.of()).forEach(r -> r.end.complete(Optional.of(item)));
        }
        // those with an item are complete already
        byKey.values().forEach(same -> same.forEach(r -> r.end.complete(Optional.empty())));
    }

    /** A refusal may be for one of the keys: the others are not to suffer for it. */
    private void failed(
            String table, Map<Map<String, AttributeValue>, List<Read>> byKey, Throwable failure) {
        if (byKey.size() > 1 && DynamoDbFailures.kindOf(failure) != FailureKind.RETRY) {
            byKey.values().forEach(same -> read(table, same));
        } else {
            CompletionException told = new CompletionException(failure);
            byKey.values().forEach(same -> same.forEach(r -> r.end.completeExceptionally(told)));
        }
    }

    private static BatchGetItemRequest consistently(
            String table, Collection<Map<String, AttributeValue>> keys) {
        KeysAndAttributes asked =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        return BatchGetItemRequest.builder().requestItems(Map.of(table, asked)).build();
    }

    private static List<Map<String, AttributeValue>> unread(
            BatchGetItemResponse answer, String table) {
        KeysAndAttributes left = answer.unprocessedKeys().get(table);
        return left == null ? List.of() : left.keys();
    }

    private static final class Read {
        private final Map<String, AttributeValue> key;
        private final CompletableFuture<Optional<Map<String, AttributeValue>>> end =
                new CompletableFuture<>();

        Read(Map<String, AttributeValue> key) {
            this.key = key;
        }
    }
}
