package io.sluice.pipeline.model.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The bounded room in which calls of one lane wait. When it is full, the last call of the tenant
 * that takes most of it per weight has to go, which may be the newcomer itself. So each tenant has
 * a guaranteed share, its weight's part among those who wait, whatever the others send. What ran
 * before and waits again goes only if its tenant has nothing else there: it may have cost something
 * already.
 *
 * <p>A tenant's load is the larger of its part of the calls and its part of the bytes.
 */
final class WaitingRoom<C> {
    /** The load of a tenant of weight 1 that fills the room. */
    private static final long WHOLE = 1L << 30;

    private final int maxCalls;
    private final long maxBytes;
    private final TreeSet<TenantLine<C>> heaviestFirst =
            new TreeSet<>(
                    Comparator.<TenantLine<C>>comparingLong(line -> -line.load)
                            .thenComparing(line -> line.tenant.id));
    private int calls;
    private long bytes;

    WaitingRoom(int maxCalls, long maxBytes) {
        this.maxCalls = maxCalls;
        this.maxBytes = maxBytes;
    }

    /**
     * Takes a call in. Gives those that have to go for it and are out now: none, others, or the
     * call alone, in which case nothing has changed.
     */
    List<ScheduledCall<C>> admit(ScheduledCall<C> call) {
        if (call.terms.bytes() > maxBytes) {
            return List.of(call);
        }
        add(call);
        List<ScheduledCall<C>> gone = new ArrayList<>();
        while (calls > maxCalls || bytes > maxBytes) {
            ScheduledCall<C> last = last(heaviest(call.line));
            remove(last);
            if (last == call) {
                gone.forEach(this::add);
                return List.of(call);
            }
            gone.add(last);
        }
        return gone;
    }

    /** Takes a call in that leaves at once. */
    void add(ScheduledCall<C> call) {
        TenantLine<C> line = call.line;
        line.waiting.add(call);
        line.bytes += call.terms.bytes();
        bytes += call.terms.bytes();
        calls++;
        weigh(line);
    }

    void remove(ScheduledCall<C> call) {
        TenantLine<C> line = call.line;
        line.waiting.remove(call);
        line.bytes -= call.terms.bytes();
        bytes -= call.terms.bytes();
        calls--;
        weigh(line);
    }

    /** Calls, bytes or weight of that line have changed. */
    void weigh(TenantLine<C> line) {
        heaviestFirst.remove(line);
        long part = Math.max(line.waiting.size() * WHOLE / maxCalls, line.bytes * WHOLE / maxBytes);
        line.load = part / line.tenant.weight;
        if (!line.waiting.isEmpty()) {
            heaviestFirst.add(line);
        }
    }

    int calls() {
        return calls;
    }

    long bytes() {
        return bytes;
    }

    private static <C> ScheduledCall<C> last(TenantLine<C> line) {
        for (ScheduledCall<C> call : line.waiting.descendingSet()) {
            if (!call.ranBefore) {
                return call;
            }
        }
        return line.waiting.last();
    }

    /** Between equals the newcomer: nobody who waits goes without need. */
    private TenantLine<C> heaviest(TenantLine<C> newcomer) {
        TenantLine<C> first = heaviestFirst.first();
        return first.load == newcomer.load ? newcomer : first;
    }
}
