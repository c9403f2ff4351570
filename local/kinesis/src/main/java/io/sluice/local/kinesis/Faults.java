package io.sluice.local.kinesis;

import io.sluice.local.kinesis.stream.PutFaults;
import io.sluice.local.kinesis.wire.ApiException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Failures that a test orders. Thread-safe; nothing fails by itself. */
public final class Faults implements PutFaults {
    private final Queue<ApiException> records = new ArrayDeque<>();
    private final Map<String, Queue<ApiException>> calls = new HashMap<>();
    private IntSupplier dropSubscriptions = () -> 0;

    Faults() {}

    synchronized void onDropSubscriptions(IntSupplier drop) {
        dropSubscriptions = drop;
    }

    /**
     * Lets the next records that are put fail, in the order in which the requests name them.
     *
     * <p>In PutRecords they are partial failures; PutRecord throws.
     *
     * @param count of records
     * @param errorCode {@code ProvisionedThroughputExceededException} or {@code InternalFailure}
     *     say
     */
    public synchronized void failNextRecords(int count, String errorCode) {
        add(records, count, errorCode);
    }

    /**
     * Lets the next calls of an operation fail as a whole.
     *
     * @param operation {@code GetRecords} say
     * @param count of calls
     * @param errorCode {@code InternalFailure} answers with status 500, others with 400
     */
    public synchronized void failNextCalls(String operation, int count, String errorCode) {
        add(calls.computeIfAbsent(operation, o -> new ArrayDeque<>()), count, errorCode);
    }

    /** Cuts all live SubscribeToShard connections and tells how many there were. */
    public int dropSubscriptions() {
        IntSupplier drop;
        synchronized (this) {
            drop = dropSubscriptions;
        }
        return drop.getAsInt();
    }

    /** Takes back what has not failed yet. */
    public synchronized void clear() {
        records.clear();
        calls.clear();
    }

    private static void add(Queue<ApiException> queue, int count, String errorCode) {
        int status = errorCode.equals("InternalFailure") ? 500 : 400;
        for (int i = 0; i < count; i++) {
            queue.add(new ApiException(errorCode, status, "Ordered by a test."));
        }
    }

    @Override
    public synchronized @Nullable ApiException next() {
        return records.poll();
    }

    synchronized @Nullable ApiException nextCall(String operation) {
        Queue<ApiException> ordered = calls.get(operation);
        return ordered == null ? null : ordered.poll();
    }
}
