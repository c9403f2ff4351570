package io.sluice.sinks.versioned;

import io.sluice.contract.VersionedItem;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The items that wait to be written, one entry per key with its newest version. An entry leaves
 * only when the store has acknowledged it, and has at most one write under way.
 *
 * <p>Time is an argument: milliseconds of any clock that does not go back. Not thread-safe.
 */
final class VersionedBuffer<T extends VersionedItem> {
    private final long coalesceMillis;
    private final Map<Map.Entry<String, String>, Entry<T>> entries = new HashMap<>();
    private final PriorityQueue<Entry<T>> due =
            new PriorityQueue<>(
                    Comparator.<Entry<T>>comparingLong(e -> e.dueAtMillis)
                            .thenComparingLong(e -> e.order));
    private long nextOrder;
    private int inFlight;
    private boolean draining;

    /** Items wait {@code coalesceMillis} for newer versions before they are written. */
    VersionedBuffer(long coalesceMillis) {
        this.coalesceMillis = coalesceMillis;
    }

    /** Takes an item in; of two with the same key the higher version stays. */
    void offer(T item, long nowMillis) {
        Entry<T> entry = entries.computeIfAbsent(keyOf(item), key -> new Entry<>(nextOrder++));
        boolean wasWaiting = entry.waiting != null;
        entry.waiting = newer(entry.waiting, item);
        if (!wasWaiting && entry.writing == null) {
            schedule(entry, draining ? nowMillis : nowMillis + coalesceMillis);
        }
    }

    /** The next item to write, which counts as under way from now on; null if none is due. */
    @Nullable T poll(long nowMillis) {
        Entry<T> entry = due.peek();
        if (entry == null || entry.dueAtMillis > nowMillis) {
            return null;
        }
        due.remove();
        entry.writing = entry.waiting;
        entry.waiting = null;
        inFlight++;
        return entry.writing;
    }

    /**
     * From now on nothing waits for newer versions any more, until {@link #stopDraining()}; what
     * waits after a failure goes on waiting.
     */
    void startDraining(long nowMillis) {
        draining = true;
        List<Entry<T>> waiting = new ArrayList<>(due);
        due.clear();
        for (Entry<T> entry : waiting) {
            schedule(entry, entry.failures == 0 ? nowMillis : entry.dueAtMillis);
        }
    }

    /** Items wait for newer versions again. */
    void stopDraining() {
        draining = false;
    }

    /** The store has it, or something newer. */
    void acknowledged(T item, long nowMillis) {
        Entry<T> entry = ended(item);
        entry.failures = 0;
        entry.writing = null;
        if (entry.waiting == null) {
            entries.remove(keyOf(item));
        } else {
            schedule(entry, draining ? nowMillis : nowMillis + coalesceMillis);
        }
    }

    /** How often the write of this item under way, which just failed, has failed in a row. */
    int failuresOf(T item) {
        Entry<T> entry = entries.get(keyOf(item));
        return entry == null ? 0 : entry.failures + 1;
    }

    /** The write failed; it, or what came meanwhile if newer, is due again at that time. */
    void failed(T item, long retryAtMillis) {
        Entry<T> entry = ended(item);
        entry.failures++;
        entry.waiting = newer(entry.waiting, item);
        entry.writing = null;
        schedule(entry, retryAtMillis);
    }

    /** Whether this item would take no further room. */
    boolean holdsKeyOf(T item) {
        return entries.containsKey(keyOf(item));
    }

    /**
     * When the next item is due, by {@link #offer}'s clock; {@code Long.MAX_VALUE} if none waits.
     */
    long nextDueAtMillis() {
        Entry<T> entry = due.peek();
        return entry == null ? Long.MAX_VALUE : entry.dueAtMillis;
    }

    /** The newest version of each item that is not yet acknowledged, in any order; a copy. */
    List<T> unacknowledged() {
        List<T> newest = new ArrayList<>(entries.size());
        for (Entry<T> entry : entries.values()) {
            newest.add(newer(entry.waiting, entry.writing));
        }
        return newest;
    }

    /** Items that are not yet acknowledged. */
    int size() {
        return entries.size();
    }

    /** Writes under way. */
    int inFlight() {
        return inFlight;
    }

    @SuppressWarnings("ReferenceEquality") // the very write that was handed out
    private Entry<T> ended(T item) {
        Entry<T> entry = entries.get(keyOf(item));
        if (entry == null || entry.writing != item) {
            throw new IllegalStateException("no write under way for " + keyOf(item));
        }
        inFlight--;
        return entry;
    }

    private void schedule(Entry<T> entry, long dueAtMillis) {
        entry.dueAtMillis = dueAtMillis;
        due.add(entry);
    }

    /** The one with the higher version; at least one is there. */
    private static <T extends VersionedItem> T newer(@Nullable T one, @Nullable T other) {
        if (one == null || (other != null && other.version() >= one.version())) {
            return Objects.requireNonNull(other);
        }
        return one;
    }

    private static Map.Entry<String, String> keyOf(VersionedItem item) {
        return new SimpleImmutableEntry<>(item.tenantId(), item.rangeKey());
    }

    private static final class Entry<T> {
        private final long order;
        private @Nullable T waiting;
        private @Nullable T writing;
        private int failures;
        private long dueAtMillis;

        private Entry(long order) {
            this.order = order;
        }
    }
}
