package io.sluice.sinks.usage;

import io.sluice.contract.UsageItem;
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
 * The usage windows that wait to be written, one entry per window with its newest counts. An entry
 * leaves only when the store has acknowledged it, and has at most one write under way.
 *
 * <p>Time is an argument: milliseconds of any clock that does not go back. Not thread-safe.
 */
final class UsageBuffer {
    private final long coalesceMillis;
    private final Map<Map.Entry<String, String>, Entry> entries = new HashMap<>();
    private final PriorityQueue<Entry> due =
            new PriorityQueue<>(
                    Comparator.<Entry>comparingLong(e -> e.dueAtMillis)
                            .thenComparingLong(e -> e.order));
    private long nextOrder;
    private int inFlight;
    private boolean draining;

    /** Windows wait {@code coalesceMillis} for newer counts before they are written. */
    UsageBuffer(long coalesceMillis) {
        this.coalesceMillis = coalesceMillis;
    }

    /** Takes an item in; of two for the same window the higher version stays. */
    void offer(UsageItem item, long nowMillis) {
        Entry entry = entries.computeIfAbsent(keyOf(item), key -> new Entry(nextOrder++));
        boolean wasWaiting = entry.waiting != null;
        entry.waiting = newer(entry.waiting, item);
        if (!wasWaiting && entry.writing == null) {
            schedule(entry, draining ? nowMillis : nowMillis + coalesceMillis);
        }
    }

    /** The next item to write, which counts as under way from now on; null if none is due. */
    @Nullable UsageItem poll(long nowMillis) {
        Entry entry = due.peek();
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
     * From now on nothing waits for newer counts any more, until {@link #stopDraining()}; what
     * waits after a failure goes on waiting.
     */
    void startDraining(long nowMillis) {
        draining = true;
        List<Entry> waiting = new ArrayList<>(due);
        due.clear();
        for (Entry entry : waiting) {
            schedule(entry, entry.failures == 0 ? nowMillis : entry.dueAtMillis);
        }
    }

    /** Windows wait for newer counts again. */
    void stopDraining() {
        draining = false;
    }

    /** The store has it, or something newer. */
    void acknowledged(UsageItem item, long nowMillis) {
        Entry entry = ended(item);
        entry.failures = 0;
        entry.writing = null;
        if (entry.waiting == null) {
            entries.remove(keyOf(item));
        } else {
            schedule(entry, draining ? nowMillis : nowMillis + coalesceMillis);
        }
    }

    /** How often the write of this window under way, which just failed, has failed in a row. */
    int failuresOf(UsageItem item) {
        Entry entry = entries.get(keyOf(item));
        return entry == null ? 0 : entry.failures + 1;
    }

    /** The write failed; it, or what came meanwhile if newer, is due again at that time. */
    void failed(UsageItem item, long retryAtMillis) {
        Entry entry = ended(item);
        entry.failures++;
        entry.waiting = newer(entry.waiting, item);
        entry.writing = null;
        schedule(entry, retryAtMillis);
    }

    /** Whether this item would take no further room. */
    boolean holdsWindowOf(UsageItem item) {
        return entries.containsKey(keyOf(item));
    }

    /**
     * When the next item is due, by {@link #offer}'s clock; {@code Long.MAX_VALUE} if none waits.
     */
    long nextDueAtMillis() {
        Entry entry = due.peek();
        return entry == null ? Long.MAX_VALUE : entry.dueAtMillis;
    }

    /** The newest counts of each window that is not yet acknowledged, in any order; a copy. */
    List<UsageItem> unacknowledged() {
        List<UsageItem> newest = new ArrayList<>(entries.size());
        for (Entry entry : entries.values()) {
            newest.add(newer(entry.waiting, entry.writing));
        }
        return newest;
    }

    /** Windows that are not yet acknowledged. */
    int size() {
        return entries.size();
    }

    /** Writes under way. */
    int inFlight() {
        return inFlight;
    }

    @SuppressWarnings("ReferenceEquality") // the very write that was handed out
    private Entry ended(UsageItem item) {
        Entry entry = entries.get(keyOf(item));
        if (entry == null || entry.writing != item) {
            throw new IllegalStateException("no write under way for " + keyOf(item));
        }
        inFlight--;
        return entry;
    }

    private void schedule(Entry entry, long dueAtMillis) {
        entry.dueAtMillis = dueAtMillis;
        due.add(entry);
    }

    /** The one with the higher version; at least one is there. */
    private static UsageItem newer(@Nullable UsageItem one, @Nullable UsageItem other) {
        if (one == null || (other != null && other.version() >= one.version())) {
            return Objects.requireNonNull(other);
        }
        return one;
    }

    private static Map.Entry<String, String> keyOf(UsageItem item) {
        return new SimpleImmutableEntry<>(item.tenantId(), item.key().rangeKey());
    }

    private static final class Entry {
        private final long order;
        private @Nullable UsageItem waiting;
        private @Nullable UsageItem writing;
        private int failures;
        private long dueAtMillis;

        private Entry(long order) {
            this.order = order;
        }
    }
}
