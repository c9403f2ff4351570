package io.sluice.objects;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes objects that were written longer ago than the retention, and nothing younger. Running it
 * again, or on several nodes at once, does no harm; a run that ends half-way leaves the rest to the
 * next. Blocks the calling thread.
 */
public final class RetentionSweep {
    /** What a killed process left half-written is nobody's after an hour. */
    private static final Duration LEFTOVERS = Duration.ofHours(1);

    private static final int PAGE = 10_000;

    private final ObjectStore objects;
    private final Duration retention;
    private final int mostRemoved;

    /**
     * A sweep.
     *
     * @param retention age at which objects go
     * @param mostRemoved objects removed in one run, so that none takes for ever
     */
    public RetentionSweep(ObjectStore objects, Duration retention, int mostRemoved) {
        this.objects = objects;
        this.retention = retention;
        this.mostRemoved = mostRemoved;
    }

    /**
     * Removes what is too old at that time, epoch milliseconds; how many objects that were. Throws
     * a {@link java.util.concurrent.CompletionException} if the store does not answer.
     */
    public int run(long nowMillis) {
        objects.removeLeftovers(nowMillis - LEFTOVERS.toMillis()).join();
        long writtenBeforeMillis = nowMillis - retention.toMillis();
        int removed = 0;
        @Nullable String after = null;
        for (List<ObjectStore.Entry> page = page(after); !page.isEmpty(); page = page(after)) {
            for (ObjectStore.Entry entry : page) {
                if (removed == mostRemoved) {
                    return removed;
                }
                if (entry.writtenAtMillis() < writtenBeforeMillis) {
                    objects.delete(entry.key()).join();
                    removed++;
                }
                after = entry.key();
            }
        }
        return removed;
    }

    private List<ObjectStore.Entry> page(@Nullable String after) {
        return objects.list(after, PAGE).join();
    }
}
