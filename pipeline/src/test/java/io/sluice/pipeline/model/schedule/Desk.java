package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A scheduler with hand-driven time, and a record of what waits, runs and left. */
final class Desk {
    static final long NEVER = Long.MAX_VALUE;
    static final int AGING_MILLIS = 100;

    /** A call; {@code offeredAt} is the desk's time then. */
    record Call(
            String tenant, Priority priority, int number, long offeredAt, List<String> targets) {
        /** Where it is to be called first. */
        String target() {
            return targets.get(0);
        }

        Lane lane() {
            return Lane.of(priority);
        }

        /** For its order among the calls of its tenant and lane. */
        long rank() {
            return switch (priority) {
                case HIGH -> offeredAt;
                case NORMAL -> offeredAt + AGING_MILLIS;
                case LOW -> offeredAt + 2 * AGING_MILLIS;
            };
        }
    }

    final CallScheduler<Call> scheduler;
    final List<Call> waiting = new ArrayList<>();
    final List<Call> running = new ArrayList<>();

    /** Calls started, in order. */
    final List<Call> started = new ArrayList<>();

    /** Calls that found no room or were put out, in order. */
    final List<Call> shed = new ArrayList<>();

    private final Map<String, Integer> weights = new HashMap<>();
    private final Map<String, Integer> bounds = new HashMap<>();
    long now = 1_000;
    private int number;
    private List<String> route = List.of("t");
    private long tokens = 1;

    /** Room for 1,000 calls in each lane. */
    static Desk ofPlaces(int interactive, int bulk) {
        return new Desk(
                new LaneBounds(interactive, 1 << 20, 1_000, 1 << 20),
                new LaneBounds(bulk, 1 << 20, 1_000, 1 << 20));
    }

    Desk(LaneBounds interactive, LaneBounds bulk) {
        this(interactive, bulk, TargetSettings.WIDE.capacitiesOf(0, 1));
    }

    Desk(LaneBounds interactive, LaneBounds bulk, Function<String, TargetCapacity> targets) {
        this(interactive, bulk, targets, TargetHealth.ALL_CALLABLE);
    }

    private Desk(
            LaneBounds interactive,
            LaneBounds bulk,
            Function<String, TargetCapacity> targets,
            TargetHealth health) {
        scheduler = new CallScheduler<>(interactive, bulk, AGING_MILLIS, targets, health);
    }

    /** Places enough; what is bounded is the targets. */
    static Desk ofTargets(Function<String, TargetCapacity> targets) {
        return ofTargets(targets, TargetHealth.ALL_CALLABLE);
    }

    /** The same, where circuits may refuse. */
    static Desk ofTargets(Function<String, TargetCapacity> targets, TargetHealth health) {
        LaneBounds wide = new LaneBounds(10_000, 1 << 30, 20_000, 1 << 30);
        return new Desk(wide, wide, targets, health);
    }

    /** From now on calls are offered for that target and reserve so much. */
    Desk to(String newTarget, long newTokens) {
        tokens = newTokens;
        return to(List.of(newTarget));
    }

    /** From now on calls may be made at those targets, in that order. */
    Desk to(List<String> newRoute) {
        route = newRoute;
        return this;
    }

    Desk to(String newTarget) {
        return to(newTarget, 1);
    }

    Desk weight(String tenant, int weight) {
        weights.put(tenant, weight);
        return this;
    }

    Desk bound(String tenant, int maxConcurrent) {
        bounds.put(tenant, maxConcurrent);
        return this;
    }

    int bound(String tenant) {
        int bound = bounds.getOrDefault(tenant, -1);
        return bound < 0 ? Integer.MAX_VALUE : bound;
    }

    int weight(String tenant) {
        return weights.getOrDefault(tenant, 1);
    }

    Call offer(String tenant, Priority priority) {
        return offer(tenant, priority, 1, NEVER);
    }

    Call offer(String tenant, Priority priority, long bytes, long deadline) {
        Call call = new Call(tenant, priority, number++, now, route);
        CallTerms terms =
                new CallTerms(
                        tenant,
                        route,
                        tokens,
                        priority,
                        bounds.getOrDefault(tenant, -1),
                        weight(tenant),
                        bytes,
                        deadline);
        waiting.add(call);
        for (Call gone : scheduler.offer(call, terms, now)) {
            left(gone);
            shed.add(gone);
        }
        return call;
    }

    /** Starts one call if one may start. */
    Call next() {
        Call next = scheduler.next(now);
        if (next != null) {
            left(next);
            running.add(next);
            started.add(next);
        }
        return next;
    }

    /** Starts what may start. */
    Desk pump() {
        while (next() != null) {}
        return this;
    }

    void end(Call call) {
        assertThat(running.remove(call)).isTrue();
        scheduler.ended(call, now);
    }

    /** As {@link #end}, after an attempt that went so. */
    void end(Call call, AttemptVerdict how) {
        scheduler.attemptEnded(call, how, now);
        end(call);
    }

    /** A running call waits again. */
    void again(Call call, String target, long notBefore) {
        assertThat(running.remove(call)).isTrue();
        waiting.add(call);
        scheduler.again(call, List.of(target), notBefore, now);
    }

    /** Ends the longest running call of that lane, and starts what may start then. */
    void turnOver(Lane lane) {
        running.stream().filter(call -> call.lane() == lane).findFirst().ifPresent(this::end);
        pump();
    }

    boolean withdraw(Call call) {
        boolean out = scheduler.withdraw(call, now);
        if (out) {
            left(call);
        }
        return out;
    }

    List<Call> expire() {
        List<Call> late = scheduler.expired(now);
        late.forEach(this::left);
        return late;
    }

    long runningAt(String key) {
        return running.stream().filter(call -> call.target().equals(key)).count();
    }

    long runningOf(String tenant) {
        return running.stream().filter(call -> call.tenant.equals(tenant)).count();
    }

    long startedOf(String tenant) {
        return started.stream().filter(call -> call.tenant.equals(tenant)).count();
    }

    /** Each call leaves once: it must have been there. */
    private void left(Call call) {
        assertThat(waiting.remove(call)).as("waited until now: " + call).isTrue();
    }
}
