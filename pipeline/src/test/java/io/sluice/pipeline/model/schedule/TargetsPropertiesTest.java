package io.sluice.pipeline.model.schedule;

import static io.sluice.contract.Priority.HIGH;
import static io.sluice.contract.Priority.LOW;
import static io.sluice.contract.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import io.sluice.contract.Usage;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Calls of several tenants for several targets, of which some are full. */
class TargetsPropertiesTest {
    private static final List<String> TENANTS = List.of("a", "b", "c", "d");
    private static final AttemptVerdict ANSWERED = AttemptVerdict.answered(Usage.of(1, 1));

    /** A target whose limit stays. */
    static TargetCapacity ofPlaces(int places) {
        return new TargetCapacity(
                new ConcurrencyLimit(places, places, places, 50, 0),
                new LaneShares(10, 50),
                10,
                null);
    }

    @Property(tries = 150)
    void fullTargetHoldsBackItsOwnCallsAloneAndNobodyElse(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 4) int x,
            @ForAll @IntRange(min = 1, max = 4) int y) {
        Map<String, Integer> places = Map.of("x", x, "y", y, "z", 50);
        Random random = new Random(seed);
        Desk desk = Desk.ofTargets(key -> ofPlaces(places.getOrDefault(key, 1)));
        desk.bound("a", 1).bound("b", 3).weight("c", 7);
        for (int i = 0; i < 400; i++) {
            step(desk, random);
            desk.pump();
            for (String target : places.keySet()) {
                assertThat(desk.runningAt(target)).isLessThanOrEqualTo(places.get(target));
                assertThat(desk.scheduler.of(target, TargetCapacity::running))
                        .isEqualTo((int) desk.runningAt(target));
            }
            for (Call call : desk.waiting) {
                assertThat(
                                desk.runningAt(call.target()) >= places.get(call.target())
                                        || desk.runningOf(call.tenant())
                                                >= desk.bound(call.tenant()))
                        .as("%s has a reason to wait", call)
                        .isTrue();
            }
        }
        while (!desk.running.isEmpty()) {
            desk.end(desk.running.get(0), ANSWERED);
            desk.pump();
        }
        assertThat(desk.waiting).isEmpty();
    }

    private static void step(Desk desk, Random random) {
        int what = random.nextInt(10);
        if (what < 5) {
            desk.to(List.of("x", "y", "z").get(random.nextInt(3)));
            desk.offer(TENANTS.get(random.nextInt(4)), random.nextBoolean() ? HIGH : NORMAL);
        } else if (what < 8 && !desk.running.isEmpty()) {
            desk.end(desk.running.get(random.nextInt(desk.running.size())), ANSWERED);
        } else if (what < 9 && !desk.waiting.isEmpty()) {
            desk.withdraw(desk.waiting.get(random.nextInt(desk.waiting.size())));
        } else {
            desk.now += random.nextInt(2 * Desk.AGING_MILLIS);
        }
    }

    /** What is short is shared by weight, however fast another target is and whoever uses it. */
    @Property(tries = 100)
    void sharesOfAFullTargetAreByWeightWhateverGoesOnElsewhere(
            @ForAll @IntRange(min = 1, max = 20) int a,
            @ForAll @IntRange(min = 1, max = 20) int b,
            @ForAll @IntRange(min = 0, max = 5) int elsewhere,
            @ForAll boolean byA) {
        Desk desk = Desk.ofTargets(key -> ofPlaces(key.equals("slow") ? 1 : 100));
        desk.weight("a", a).weight("b", b);
        int[] started = new int[2];
        for (int i = 0; i < 200; i++) {
            desk.to("slow");
            backlog(desk, "a", 2);
            backlog(desk, "b", 2);
            desk.to("fast");
            for (int n = 0; n < elsewhere; n++) {
                desk.offer(byA ? "a" : "c", NORMAL);
            }
            desk.pump();
            List.copyOf(desk.running).stream()
                    .filter(call -> call.target().equals("fast"))
                    .forEach(call -> desk.end(call, ANSWERED));
            Call slow = desk.running.get(0);
            started[slow.tenant().equals("a") ? 0 : 1]++;
            desk.end(slow, ANSWERED);

            assertThat(Math.abs(started[0] * b - started[1] * a))
                    .isLessThanOrEqualTo(Math.max(a, b));
        }
    }

    private static void backlog(Desk desk, String tenant, int calls) {
        long waiting =
                desk.waiting.stream()
                        .filter(c -> c.tenant().equals(tenant) && c.target().equals("slow"))
                        .count();
        for (long i = waiting; i < calls; i++) {
            desk.offer(tenant, NORMAL);
        }
    }

    /** Who fills the queue of one target is behind in the lane's places for others. */
    @Property
    void placesOfTheLaneGoToTheTenantWithTheFewest(
            @ForAll @IntRange(min = 2, max = 10) int places) {
        LaneBounds bounds = new LaneBounds(places, 1 << 20, 10_000, 1 << 20);
        Desk desk = new Desk(bounds, bounds, key -> ofPlaces(100));
        desk.to("x");
        for (int i = 0; i < 100; i++) {
            desk.offer("flood", HIGH);
        }
        desk.pump();
        Call other = desk.to("y").offer("modest", NORMAL);
        desk.end(desk.running.get(0), ANSWERED);

        assertThat(desk.next()).isEqualTo(other);
    }

    @Example
    void tenThousandTenantsThatWaitForOneTargetHoldNobodyElseUp() {
        Desk desk = Desk.ofTargets(key -> ofPlaces(key.equals("full") ? 1 : 100));
        desk.to("full");
        for (int i = 0; i < 10_000; i++) {
            desk.offer("t" + i, NORMAL);
            desk.next();
        }
        assertThat(desk.running).hasSize(1);
        for (int i = 0; i < 100; i++) {
            Call other = desk.to("free").offer(i % 2 == 0 ? "t" + i : "new" + i, NORMAL);
            assertThat(desk.next()).isEqualTo(other);
            desk.end(other, ANSWERED);
            desk.now += 10;
        }
    }

    /** Both lanes always have work for one target; bulk calls take ten times as long. */
    @Property(tries = 60)
    void interactiveCallsGoFirstAndBulkCallsHaveASmallPart(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int places) {
        Random random = new Random(seed);
        Desk desk = Desk.ofTargets(key -> ofPlaces(places));
        for (int i = 0; i < 500; i++) {
            while (desk.waiting.size() < 4 * places) {
                desk.offer("a", desk.waiting.size() % 2 == 0 ? LOW : NORMAL);
            }
            desk.pump();
            long bulk = desk.running.stream().filter(c -> c.priority() == LOW).count();
            assertThat(bulk).isLessThanOrEqualTo(Math.max(1, places / 10));
            boolean endBulk = bulk > 0 && random.nextInt(10) == 0;
            desk.running.stream()
                    .filter(call -> (call.priority() == LOW) == endBulk)
                    .findFirst()
                    .ifPresent(call -> desk.end(call, ANSWERED));
        }
        assertThat(desk.started.stream().filter(c -> c.priority() == LOW).count()).isPositive();
        assertThat(desk.started.stream().filter(c -> c.priority() == NORMAL).count()).isPositive();
    }

    /** What was refused comes back in its old order, and every call still leaves once. */
    @Property(tries = 150)
    void callsThatWaitAgainKeepTheirOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Desk desk = Desk.ofTargets(key -> ofPlaces(3));
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(2) == 0) {
                desk.to(random.nextBoolean() ? "x" : "y");
                Priority priority = Priority.values()[random.nextInt(3)];
                desk.offer(TENANTS.get(random.nextInt(4)), priority, 1, desk.now + 500);
            }
            if (!desk.running.isEmpty() && random.nextBoolean()) {
                Call call = desk.running.get(random.nextInt(desk.running.size()));
                if (random.nextBoolean()) {
                    desk.end(call, ANSWERED);
                } else {
                    desk.again(call, call.target(), desk.now + random.nextInt(50));
                }
            }
            desk.now += random.nextInt(20);
            desk.expire();
            desk.pump();
        }
        desk.now += 10_000;
        desk.expire();
        assertThat(desk.waiting).isEmpty();
        desk.running.stream().toList().forEach(call -> desk.end(call, ANSWERED));
        for (Lane lane : Lane.values()) {
            assertThat(desk.scheduler.waiting(lane)).isZero();
            assertThat(desk.scheduler.waitingBytes(lane)).isZero();
            assertThat(desk.scheduler.running(lane)).isZero();
            assertThat(desk.scheduler.runningBytes(lane)).isZero();
        }
        assertThat(desk.scheduler.nextStartMillis(desk.now)).isEqualTo(Long.MAX_VALUE);
    }
}
