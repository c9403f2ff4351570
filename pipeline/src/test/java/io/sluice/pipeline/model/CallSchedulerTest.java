package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Priority;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CallSchedulerTest {
    private static final long NEVER = Long.MAX_VALUE - 1;

    private record Call(String tenant, Priority priority, int number) {}

    private static boolean offer(CallScheduler<Call> scheduler, Call call, int maxConcurrent) {
        return scheduler.offer(call, call.tenant, call.priority, maxConcurrent, 1, NEVER);
    }

    private static Call call(String tenant, Priority priority, int number) {
        return new Call(tenant, priority, number);
    }

    private static List<Call> startAll(CallScheduler<Call> scheduler) {
        List<Call> started = new ArrayList<>();
        for (Call call = scheduler.next(); call != null; call = scheduler.next()) {
            started.add(call);
            scheduler.ended(call.tenant);
        }
        return started;
    }

    @Test
    void urgentGoesBeforeNormalBeforeBulk() {
        CallScheduler<Call> scheduler = new CallScheduler<>(1, 10, 100);
        offer(scheduler, call("a", Priority.LOW, 1), 9);
        offer(scheduler, call("a", Priority.NORMAL, 2), 9);
        offer(scheduler, call("b", Priority.HIGH, 3), 9);

        assertThat(startAll(scheduler)).extracting(Call::number).containsExactly(3, 2, 1);
    }

    @Test
    void tenantWithFewCallsIsNotBehindOneWithMany() {
        CallScheduler<Call> scheduler = new CallScheduler<>(1, 1_000, 1_000);
        for (int i = 0; i < 500; i++) {
            offer(scheduler, call("many", Priority.NORMAL, i), 9);
        }
        offer(scheduler, call("few", Priority.NORMAL, 500), 9);

        assertThat(startAll(scheduler).indexOf(call("few", Priority.NORMAL, 500)))
                .isLessThanOrEqualTo(1);
    }

    @Test
    void busyTenantDoesNotHoldOthersUp() {
        CallScheduler<Call> scheduler = new CallScheduler<>(10, 10, 100);
        offer(scheduler, call("busy", Priority.HIGH, 1), 1);
        offer(scheduler, call("busy", Priority.HIGH, 2), 1);
        offer(scheduler, call("other", Priority.LOW, 3), 1);

        assertThat(scheduler.next().number).isEqualTo(1);
        assertThat(scheduler.next().number).isEqualTo(3);
        assertThat(scheduler.next()).isNull();
        scheduler.ended("busy");
        assertThat(scheduler.next().number).isEqualTo(2);
    }

    @Test
    void fullQueueRefusesButNotWhatRunsAtOnce() {
        CallScheduler<Call> scheduler = new CallScheduler<>(10, 1, 100);
        offer(scheduler, call("busy", Priority.NORMAL, 1), 1);
        scheduler.next();
        assertThat(offer(scheduler, call("busy", Priority.NORMAL, 2), 1)).isTrue();

        assertThat(offer(scheduler, call("busy", Priority.NORMAL, 3), 1)).isFalse();
        assertThat(offer(scheduler, call("idle", Priority.NORMAL, 4), 1)).isTrue();
        assertThat(scheduler.next().number).isEqualTo(4);
    }

    @Test
    void bytesAreBoundedToo() {
        CallScheduler<Call> scheduler = new CallScheduler<>(1, 100, 10);
        offer(scheduler, call("a", Priority.NORMAL, 1), 1);
        scheduler.next();

        assertThat(scheduler.offer(call("a", Priority.NORMAL, 2), "a", Priority.LOW, 1, 10, NEVER))
                .isTrue();
        assertThat(scheduler.offer(call("a", Priority.NORMAL, 3), "a", Priority.LOW, 1, 1, NEVER))
                .isFalse();
    }

    @Test
    void waitingCallsExpireInOrderOfDeadline() {
        CallScheduler<Call> scheduler = new CallScheduler<>(1, 10, 100);
        for (int i = 1; i <= 3; i++) {
            Call call = call("a", Priority.NORMAL, i);
            scheduler.offer(call, "a", Priority.NORMAL, 1, 1, 100 - 10 * i);
        }

        assertThat(scheduler.nextDeadlineMillis()).isEqualTo(70);
        assertThat(scheduler.expired(69)).isEmpty();
        assertThat(scheduler.expired(80)).extracting(Call::number).containsExactly(3, 2);
        assertThat(scheduler.next().number).isEqualTo(1);
        assertThat(scheduler.waiting()).isZero();
        assertThat(scheduler.waitingBytes()).isZero();
    }

    @Test
    void endWithoutStartIsABug() {
        assertThatThrownBy(() -> new CallScheduler<Call>(1, 1, 1).ended("a"))
                .isInstanceOf(IllegalStateException.class);
    }

    /** All bounds hold at every moment, and every accepted call leaves exactly once. */
    @Property
    void boundsHoldAndNothingIsLost(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int maxRunning,
            @ForAll @IntRange(min = 1, max = 12) int maxWaiting) {
        Random random = new Random(seed);
        CallScheduler<Call> scheduler = new CallScheduler<>(maxRunning, maxWaiting, 1_000);
        Map<String, Integer> limits = Map.of("a", 1, "b", 2, "c", 5);
        List<Call> running = new ArrayList<>();
        Set<Call> accepted = new HashSet<>();
        Set<Call> gone = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            String tenant = String.valueOf("abc".charAt(random.nextInt(3)));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    Call call = call(tenant, Priority.values()[random.nextInt(3)], i);
                    int waitingBefore = scheduler.waiting();
                    boolean taken =
                            scheduler.offer(
                                    call,
                                    tenant,
                                    call.priority,
                                    limits.get(tenant),
                                    1,
                                    i + random.nextInt(100));
                    if (taken) {
                        accepted.add(call);
                    } else {
                        assertThat(waitingBefore).isGreaterThanOrEqualTo(maxWaiting);
                    }
                }
                case 2 -> {
                    if (!running.isEmpty()) {
                        scheduler.ended(running.remove(random.nextInt(running.size())).tenant);
                    }
                }
                default -> scheduler.expired(i).forEach(late -> leave(gone, late));
            }
            for (Call next = scheduler.next(); next != null; next = scheduler.next()) {
                leave(gone, next);
                running.add(next);
            }
            assertThat(running).hasSizeLessThanOrEqualTo(maxRunning);
            assertThat(scheduler.running()).isEqualTo(running.size());
            assertThat(scheduler.waiting()).isLessThanOrEqualTo(maxWaiting);
            limits.forEach(
                    (name, limit) ->
                            assertThat(running.stream().filter(c -> c.tenant.equals(name)).count())
                                    .isLessThanOrEqualTo(limit));
            assertNobodyWaitsForNothing(scheduler, running, accepted, gone, limits, maxRunning);
        }
        while (!running.isEmpty()) {
            scheduler.ended(running.remove(0).tenant);
            for (Call next = scheduler.next(); next != null; next = scheduler.next()) {
                leave(gone, next);
                running.add(next);
            }
        }
        assertThat(gone).isEqualTo(accepted);
        assertThat(scheduler.waitingBytes()).isZero();
    }

    /** Among tenants that always have work, none gets more than one turn more than another. */
    @Property
    void turnsAreEven(
            @ForAll @IntRange(min = 2, max = 8) int tenants,
            @ForAll @IntRange(min = 1, max = 60) int turns) {
        CallScheduler<Call> scheduler = new CallScheduler<>(1, 10_000, 10_000);
        for (int tenant = 0; tenant < tenants; tenant++) {
            for (int i = 0; i < 60; i++) {
                offer(scheduler, call("t" + tenant, Priority.NORMAL, i), 3);
            }
        }
        Map<String, Integer> started = new HashMap<>();
        for (int i = 0; i < turns; i++) {
            Call next = scheduler.next();
            assertThat(next.number).isEqualTo(started.merge(next.tenant, 1, Integer::sum) - 1);
            scheduler.ended(next.tenant);
        }

        int most = started.values().stream().mapToInt(n -> n).max().orElseThrow();
        int least =
                started.size() < tenants
                        ? 0
                        : started.values().stream().mapToInt(n -> n).min().orElseThrow();
        assertThat(most - least).isLessThanOrEqualTo(1);
    }

    private static void leave(Set<Call> gone, Call call) {
        assertThat(gone.add(call)).as("left only once: " + call).isTrue();
    }

    private static void assertNobodyWaitsForNothing(
            CallScheduler<Call> scheduler,
            List<Call> running,
            Set<Call> accepted,
            Set<Call> gone,
            Map<String, Integer> limits,
            int maxRunning) {
        if (running.size() < maxRunning) {
            for (Call waiting : accepted) {
                if (!gone.contains(waiting)) {
                    long ofTenant =
                            running.stream().filter(c -> c.tenant.equals(waiting.tenant)).count();
                    assertThat(ofTenant).isEqualTo((long) limits.get(waiting.tenant));
                }
            }
        }
        assertThat(scheduler.waiting()).isEqualTo(accepted.size() - gone.size());
    }
}
