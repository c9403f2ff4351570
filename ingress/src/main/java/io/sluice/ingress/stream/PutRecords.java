package io.sluice.ingress.stream;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One call that appends records to the stream; does not retry. */
public interface PutRecords {
    /**
     * Appends the records. The answer has one element per record, in order: null if it was stored,
     * else the error code. Fails if the call as a whole did, and then some records may be stored.
     */
    CompletableFuture<List<@Nullable String>> put(List<StreamRecord> records);

    /** Whether a failed call may succeed if it is made again. */
    boolean isTransient(Throwable failure);
}
