package io.sluice.pipeline.model.schedule;

import static io.sluice.contract.Priority.HIGH;
import static io.sluice.contract.Priority.LOW;
import static io.sluice.contract.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Who runs when all want to; waits are counted in starts of others' calls. */
class FairnessPropertiesTest {
    /** Calls per weight that urgent work may be ahead of other work. */
    private static final int HEAD_START = 16;

    /** Offers until as many calls of a tenant wait as given. */
    private static void backlog(Desk desk, String tenant, int calls, Priority priority) {
        long waiting = desk.waiting.stream().filter(c -> c.tenant().equals(tenant)).count();
        for (long i = waiting; i < calls; i++) {
            desk.offer(tenant, priority);
        }
    }

    @Property
    void startsOfTenantsThatAlwaysWaitAreAsTheirWeights(
            @ForAll @IntRange(min = 1, max = 20) int a,
            @ForAll @IntRange(min = 1, max = 20) int b,
            @ForAll @IntRange(min = 1, max = 7) int places,
            @ForAll @IntRange(min = 0, max = 1) int lane) {
        Desk desk = Desk.ofPlaces(places, places).weight("a", a).weight("b", b);
        Priority priority = lane == 0 ? NORMAL : LOW;
        for (int i = 0; i < 200; i++) {
            backlog(desk, "a", places + 1, priority);
            backlog(desk, "b", places + 1, priority);
            desk.turnOver(Lane.of(priority));

            // Neither is more than one call ahead.
            assertThat(Math.abs(desk.startedOf("a") * b - desk.startedOf("b") * a))
                    .isLessThanOrEqualTo(Math.max(a, b));
        }
        assertThat(desk.started.size()).isGreaterThanOrEqualTo(200);
    }

    /** Whatever they call their work, and however long it waited. */
    @Property
    void prioritiesMoveTheBalanceByTheHeadStartAlone(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int a,
            @ForAll @IntRange(min = 1, max = 5) int b) {
        Random random = new Random(seed);
        Desk desk = Desk.ofPlaces(2, 1).weight("a", a).weight("b", b);
        for (int i = 0; i < 300; i++) {
            backlog(desk, "a", 3, random.nextInt(4) == 0 ? NORMAL : HIGH);
            backlog(desk, "b", 3, random.nextInt(4) == 0 ? HIGH : NORMAL);
            desk.now += random.nextInt(20);
            desk.turnOver(Lane.INTERACTIVE);

            assertThat(Math.abs(desk.startedOf("a") * b - desk.startedOf("b") * a))
                    .isLessThanOrEqualTo(HEAD_START * a * b + Math.max(a, b));
        }
    }

    /**
     * R10: one tenant saturates with anything, others have one call each from time to time. The
     * saturating one may be a head start and a call ahead, each other one two calls.
     */
    @Property
    void r10WaitOfTenantsWithinTheirShareIsBounded(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 10) int others,
            @ForAll @IntRange(min = 1, max = 5) int weight,
            @ForAll @IntRange(min = 1, max = 4) int places) {
        Random random = new Random(seed);
        Desk desk = Desk.ofPlaces(places, 1).weight("greedy", weight);
        Map<Call, Integer> startsAtOffer = new HashMap<>();
        int most = 0;
        int seen = 0;
        for (int i = 0; i < 400; i++) {
            backlog(desk, "greedy", 100, random.nextInt(3) == 0 ? NORMAL : HIGH);
            String tenant = "t" + random.nextInt(others);
            if (desk.waiting.stream().noneMatch(call -> call.tenant().equals(tenant))) {
                startsAtOffer.put(desk.offer(tenant, NORMAL), desk.started.size());
            }
            desk.now += random.nextInt(10);
            desk.turnOver(Lane.INTERACTIVE);
            for (; seen < desk.started.size(); seen++) {
                Integer before = startsAtOffer.remove(desk.started.get(seen));
                most = before == null ? most : Math.max(most, seen - before);
            }
        }
        int bound = weight * (HEAD_START + 1) + 1 + 2 * (others - 1);
        assertThat(most).isLessThanOrEqualTo(bound);
        assertThat(startsAtOffer).hasSizeLessThanOrEqualTo(others);
    }

    /** A line that runs empty after each call is no way around the share. */
    @Property
    void comingBackAtOnceIsNotANewStart(@ForAll @IntRange(min = 1, max = 10) int weight) {
        Desk desk = Desk.ofPlaces(1, 1).weight("steady", weight);
        for (int i = 0; i < 300; i++) {
            desk.running.stream().findFirst().ifPresent(desk::end);
            backlog(desk, "steady", 5, NORMAL);
            backlog(desk, "again", 1, NORMAL);
            desk.pump();
        }

        assertThat(desk.startedOf("again"))
                .isBetween(300L / (weight + 1) - 2, 300L / (weight + 1) + 2);
    }

    /** An idle tenant saves nothing up. */
    @Property
    void whoWasAwayGetsNothingForIt(@ForAll @IntRange(min = 1, max = 200) int away) {
        Desk desk = Desk.ofPlaces(1, 1);
        desk.offer("away", NORMAL);
        for (int i = 0; i < away; i++) {
            backlog(desk, "steady", 5, NORMAL);
            desk.turnOver(Lane.INTERACTIVE);
        }
        long before = desk.startedOf("steady");
        backlog(desk, "away", 50, NORMAL);
        for (int i = 0; i < 20; i++) {
            backlog(desk, "steady", 5, NORMAL);
            desk.turnOver(Lane.INTERACTIVE);
        }

        assertThat(desk.startedOf("steady") - before).isBetween(9L, 11L);
    }

    /**
     * Under any saturation by high calls, one start each millisecond: a normal call starts once it
     * is as old as an aging and those before it have started, even if every high call is of a
     * tenant that was never seen before.
     */
    @Property
    void normalCallDoesNotStarve(
            @ForAll boolean newTenants,
            @ForAll boolean sameTenant,
            @ForAll @IntRange(min = 0, max = 50) int backlog) {
        Desk desk = Desk.ofPlaces(1, 1);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < backlog + 2; i++) {
            names.add(newTenants ? "new" + i : sameTenant ? "a" : "b");
            desk.offer(names.get(i), HIGH);
        }
        Call normal = desk.offer("a", NORMAL);
        int steps = 0;
        for (; desk.waiting.contains(normal); steps++) {
            desk.now++;
            desk.offer(newTenants ? "later" + steps : names.get(0), HIGH);
            desk.turnOver(Lane.INTERACTIVE);
            assertThat(steps).isLessThanOrEqualTo(Desk.AGING_MILLIS + backlog + 3);
        }
    }

    /** The lanes share the tenant's bound, so low calls age against the tenant's own others. */
    @Property
    void lowCallDoesNotStarveBehindItsOwnTenant(
            @ForAll @IntRange(min = 1, max = 4) int bound,
            @ForAll @IntRange(min = 0, max = 50) int backlog,
            @ForAll boolean otherBulkWork) {
        Desk desk = Desk.ofPlaces(10, 1).bound("a", bound);
        for (int i = 0; i < backlog + 10; i++) {
            desk.offer("a", HIGH);
        }
        desk.pump();
        Call low = desk.offer("a", LOW);
        for (int steps = 0; desk.waiting.contains(low); steps++) {
            desk.now++;
            desk.offer("a", HIGH);
            if (otherBulkWork) {
                backlog(desk, "b", 5, LOW);
            }
            desk.turnOver(Lane.BULK);
            desk.turnOver(Lane.INTERACTIVE);
            assertThat(steps).isLessThanOrEqualTo(2 * Desk.AGING_MILLIS + backlog + 13);
        }
    }
}
