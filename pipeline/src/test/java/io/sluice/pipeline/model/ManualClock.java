package io.sluice.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Time and alarms moved by hand. */
final class ManualClock implements InvokerClock {
    private static final long serialVersionUID = 1L;

    private final transient TreeMap<Long, List<Runnable>> alarms = new TreeMap<>();
    private long nowMillis;

    /** Runs once at the next reading, as if another thread had come in between. */
    private transient @Nullable Runnable meanwhile;

    ManualClock(long nowMillis) {
        this.nowMillis = nowMillis;
    }

    @Override
    public long millis() {
        Runnable once = meanwhile;
        meanwhile = null;
        if (once != null) {
            once.run();
        }
        return nowMillis;
    }

    @Override
    public void after(long delayMillis, Runnable work) {
        alarms.computeIfAbsent(nowMillis + delayMillis, t -> new ArrayList<>()).add(work);
    }

    void atNextReading(Runnable work) {
        meanwhile = work;
    }

    /** So much time passes after so many more readings, without an alarm. */
    void passAfter(int readings, long millis) {
        atNextReading(
                () -> {
                    if (readings == 0) {
                        nowMillis += millis;
                    } else {
                        passAfter(readings - 1, millis);
                    }
                });
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
