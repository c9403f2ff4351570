package io.sluice.pipeline.model;

import io.sluice.contract.Target;
import io.sluice.pipeline.model.schedule.TargetHealth;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The circuits of one subtask, one per model and region whatever the service tier. Thread-safe. */
final class Breakers implements TargetHealth {
    private final BreakerSettings settings;
    private final int mostProbes;
    private final BiConsumer<String, Circuit> onNew;
    private final Map<String, Circuit> circuits = new ConcurrentHashMap<>();

    /**
     * No circuits yet.
     *
     * @param mostProbes of one circuit at once
     * @param onNew hears of each new circuit and its {@link Target#placeKey()} once
     */
    Breakers(BreakerSettings settings, int mostProbes, BiConsumer<String, Circuit> onNew) {
        this.settings = settings;
        this.mostProbes = mostProbes;
        this.onNew = onNew;
    }

    /** Permission for one call of that target; null if there is none now. */
    Circuit.@Nullable Permit tryAcquire(Target target, long nowMillis) {
        return circuitOf(target).tryAcquire(nowMillis);
    }

    /** Whether there would be permission now. */
    boolean isCallable(Target target, long nowMillis) {
        return circuitOf(target).isCallable(nowMillis);
    }

    /** How long until a call of that target may be let through again, milliseconds. */
    long remainingMillis(Target target, long nowMillis) {
        return circuitOf(target).remainingMillis(nowMillis);
    }

    @Override
    public boolean isCallable(String place, long nowMillis) {
        Circuit circuit = circuits.get(place);
        return circuit == null || circuit.isCallable(nowMillis);
    }

    @Override
    public long remainingMillis(String place, long nowMillis) {
        Circuit circuit = circuits.get(place);
        return circuit == null ? 0 : circuit.remainingMillis(nowMillis);
    }

    Circuit circuitOf(Target target) {
        return circuits.computeIfAbsent(
                target.placeKey(),
                key -> {
                    Circuit circuit = new Circuit(settings, mostProbes);
                    onNew.accept(key, circuit);
                    return circuit;
                });
    }
}
