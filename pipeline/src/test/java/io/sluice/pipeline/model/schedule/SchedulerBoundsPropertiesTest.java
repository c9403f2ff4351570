package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds at every moment of any life of the scheduler. */
class SchedulerBoundsPropertiesTest {
    private static final List<String> TENANTS = List.of("a", "b", "c", "d");

    /** The desk sees to it that each call leaves once. */
    @Property
    void boundsHoldNothingIsLostAndNobodyWaitsForNothing(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int interactive,
            @ForAll @IntRange(min = 1, max = 3) int bulk,
            @ForAll @IntRange(min = 1, max = 12) int room) {
        Random random = new Random(seed);
        Map<Lane, LaneBounds> bounds =
                Map.of(
                        Lane.INTERACTIVE,
                        new LaneBounds(interactive, 1 << 20, room, 4L * room),
                        Lane.BULK,
                        new LaneBounds(bulk, 1 << 20, room, 4L * room));
        Desk desk = new Desk(bounds.get(Lane.INTERACTIVE), bounds.get(Lane.BULK));
        desk.bound("a", 1).bound("b", 2).bound("c", 3).weight("b", 3).weight("c", 20);
        for (int i = 0; i < 300; i++) {
            step(desk, random);
            for (Lane lane : Lane.values()) {
                checkOrderOfNext(desk);
                desk.pump();
                checkBounds(desk, lane, bounds.get(lane));
                checkNobodyWaitsForNothing(desk, lane, bounds.get(lane));
            }
        }
        drain(desk);
    }

    private static void step(Desk desk, Random random) {
        int what = random.nextInt(10);
        if (what < 5) {
            desk.offer(
                    TENANTS.get(random.nextInt(4)),
                    Priority.values()[random.nextInt(3)],
                    random.nextInt(6),
                    desk.now + random.nextInt(400));
        } else if (what < 7 && !desk.running.isEmpty()) {
            desk.end(desk.running.get(random.nextInt(desk.running.size())));
        } else if (what < 8 && !desk.waiting.isEmpty()) {
            assertThat(desk.withdraw(desk.waiting.get(random.nextInt(desk.waiting.size()))))
                    .isTrue();
        } else if (what < 9) {
            desk.expire().forEach(late -> assertThat(desk.waiting).doesNotContain(late));
        } else {
            desk.now += random.nextInt(2 * Desk.AGING_MILLIS);
        }
    }

    /** Among the calls of one tenant and lane, by rank and then in order of arrival. */
    private static void checkOrderOfNext(Desk desk) {
        List<Call> before = List.copyOf(desk.waiting);
        Call next = desk.next();
        if (next != null) {
            assertThat(next)
                    .isEqualTo(
                            before.stream()
                                    .filter(call -> call.tenant().equals(next.tenant()))
                                    .filter(call -> call.lane() == next.lane())
                                    .min(
                                            Comparator.comparingLong(Call::rank)
                                                    .thenComparing(Call::number))
                                    .orElseThrow());
        }
    }

    private static void checkBounds(Desk desk, Lane lane, LaneBounds bounds) {
        CallScheduler<Call> scheduler = desk.scheduler;
        assertThat(scheduler.running(lane)).isLessThanOrEqualTo(bounds.runningCalls());
        assertThat(scheduler.running(lane)).isEqualTo(count(desk.running, lane));
        assertThat(scheduler.waiting(lane)).isLessThanOrEqualTo(bounds.waitingCalls());
        assertThat(scheduler.waiting(lane)).isEqualTo(count(desk.waiting, lane));
        assertThat(scheduler.waitingBytes(lane)).isLessThanOrEqualTo(bounds.waitingBytes());
        for (String tenant : TENANTS) {
            assertThat(desk.runningOf(tenant)).isLessThanOrEqualTo(desk.bound(tenant));
        }
    }

    /** Where a place is free, who waits is at the tenant's bound, a place owed to bulk counted. */
    private static void checkNobodyWaitsForNothing(Desk desk, Lane lane, LaneBounds bounds) {
        if (count(desk.running, lane) < bounds.runningCalls()) {
            for (Call call : desk.waiting) {
                if (call.lane() == lane) {
                    boolean owes =
                            lane == Lane.INTERACTIVE
                                    && desk.waiting.stream()
                                            .filter(c -> c.tenant().equals(call.tenant()))
                                            .anyMatch(
                                                    c ->
                                                            c.lane() == Lane.BULK
                                                                    && c.rank() < call.rank());
                    assertThat(desk.runningOf(call.tenant()))
                            .isGreaterThanOrEqualTo(desk.bound(call.tenant()) - (owes ? 1 : 0));
                }
            }
        }
    }

    private static void drain(Desk desk) {
        while (!desk.running.isEmpty()) {
            desk.end(desk.running.get(0));
            desk.pump();
        }
        assertThat(desk.waiting).isEmpty();
        assertThat(desk.scheduler.nextDeadlineMillis()).isEqualTo(Long.MAX_VALUE);
        for (Lane lane : Lane.values()) {
            assertThat(desk.scheduler.waiting(lane)).isZero();
            assertThat(desk.scheduler.waitingBytes(lane)).isZero();
        }
    }

    private static int count(List<Call> calls, Lane lane) {
        return (int) calls.stream().filter(call -> call.lane() == lane).count();
    }
}
