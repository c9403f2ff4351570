package io.sluice.pipeline.enforce;

import io.sluice.pipeline.state.StateAccess;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.TimerService;

/**
 * The cores of the tenants that had events lately, decoded, in front of Flink's keyed state. A
 * changed core is written back when its place is needed and before every checkpoint, so a
 * checkpoint always holds all of them; between checkpoints nothing else reads the state.
 *
 * <p>Belongs to the task thread.
 */
final class TenantCores {
    private static final long TIMER_MILLIS = 600_000;

    private final ValueState<TenantCore> state;
    private final int most;
    private final Consumer<String> keySwitch;
    private final LinkedHashMap<String, Core> cores = new LinkedHashMap<>(1024, 0.75f, true);
    private boolean stateKeepsObjects;
    private boolean stateIsKnown;

    /** A core and whether the state has an older one. */
    private static final class Core {
        private final TenantCore core;
        private boolean changed;
        private long timerAtMillis;

        private Core(TenantCore core) {
            this.core = core;
        }
    }

    /**
     * @param state where cores lie
     * @param most cores kept decoded, at least 1
     * @param keySwitch makes a tenant the current key of the state
     */
    TenantCores(ValueState<TenantCore> state, int most, Consumer<String> keySwitch) {
        this.state = state;
        this.most = most;
        this.keySwitch = keySwitch;
    }

    /** The core of the tenant that is the current key; a new one if it has none. */
    TenantCore get(String tenantId) {
        Core known = cores.get(tenantId);
        if (known != null) {
            return known.core;
        }
        TenantCore stored = StateAccess.call(state::value);
        Core fetched = new Core(stored == null ? new TenantCore() : stored);
        cores.put(tenantId, fetched);
        if (cores.size() > most) {
            makeRoom(tenantId);
        }
        return fetched.core;
    }

    /** Notes that the core of a tenant, which was got, has changed. */
    void changed(String tenantId) {
        Core known = cores.get(tenantId);
        if (known == null) {
            throw new IllegalStateException("the core of " + tenantId + " was not read");
        }
        known.changed = true;
    }

    /**
     * Registers the tenant's next timer unless that is done. Timers lie on a grid of {@value
     * #TIMER_MILLIS} ms, so registering one again changes nothing.
     */
    void watch(String tenantId, TimerService timers) {
        Core known = cores.get(tenantId);
        long nowMillis = timers.currentProcessingTime();
        if (known != null && known.timerAtMillis <= nowMillis) {
            long offset = Math.floorMod(tenantId.hashCode(), TIMER_MILLIS);
            long next =
                    (Math.floorDiv(nowMillis - offset, TIMER_MILLIS) + 1) * TIMER_MILLIS + offset;
            known.timerAtMillis = next;
            timers.registerProcessingTimeTimer(next);
        }
    }

    /** Writes every changed core. Leaves another tenant as the current key. */
    void flush() {
        for (Map.Entry<String, Core> entry : cores.entrySet()) {
            write(entry.getKey(), entry.getValue());
        }
        if (stateKeepsObjects || !stateIsKnown) {
            // What the heap backend has it may be writing out now: get it back from there.
            cores.clear();
        }
    }

    private void makeRoom(String current) {
        Iterator<Map.Entry<String, Core>> oldest = cores.entrySet().iterator();
        Map.Entry<String, Core> entry = oldest.next();
        write(entry.getKey(), entry.getValue());
        oldest.remove();
        keySwitch.accept(current);
    }

    private void write(String tenantId, Core core) {
        if (core.changed) {
            keySwitch.accept(tenantId);
            StateAccess.run(() -> state.update(core.core));
            core.changed = false;
            if (!stateIsKnown) {
                stateIsKnown = true;
                stateKeepsObjects = StateAccess.call(state::value) == core.core;
            }
        }
    }
}
