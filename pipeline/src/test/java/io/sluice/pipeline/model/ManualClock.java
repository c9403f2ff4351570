package io.sluice.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Time and alarms moved by hand. */
final class ManualClock implements InvokerClock {
    private static final long serialVersionUID = 1L;

    private final transient TreeMap<Long, List<Runnable>> alarms = new TreeMap<>();
    private long nowMillis;

    ManualClock(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    @Override
    public long millis() {
        return nowMillis;
    }

    @Override
    public void after(long delayMillis, Runnable work) {
        alarms.computeIfAbsent(nowMillis + delayMillis, t -> new ArrayList<>()).add(work);
    }

    void advanceBy(long millis) {
        long until = nowMillis + millis;
        while (!alarms.isEmpty() && alarms.firstKey() <= until) {
            nowMillis = alarms.firstKey();
            alarms.pollFirstEntry().getValue().forEach(Runnable::run);
        }
        nowMillis = until;
    }
}
