package io.sluice.pipeline.model.schedule;

import static io.sluice.contract.Priority.HIGH;
import static io.sluice.contract.Priority.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Usage;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Calls that may be made at several targets, of which some are full and some refuse. */
class FallbackPropertiesTest {
    private static final List<String> TENANTS = List.of("a", "b", "c");
    private static final AttemptVerdict ANSWERED = AttemptVerdict.answered(Usage.of(1, 1));
    private static final Map<String, Integer> PLACES = Map.of("x", 2, "y", 3, "z", 1);

    private final Set<String> refusing = new HashSet<>();
    private final Map<Call, String> at = new HashMap<>();
    private final Desk desk =
            Desk.ofTargets(
                    key -> TargetsPropertiesTest.ofPlaces(PLACES.get(key)),
                    new TargetHealth() {
                        @Override
                        public boolean isCallable(String place, long nowMillis) {
                            return !refusing.contains(place);
                        }

                        @Override
                        public long remainingMillis(String place, long nowMillis) {
                            return 0;
                        }
                    });

    @Property(tries = 200)
    void callStartsAtItsFirstTargetThatHasRoomAndWaitsOnlyIfNoneHas(@ForAll long seed) {
        Random random = new Random(seed);
        desk.bound("a", 1).bound("b", 4).weight("c", 7);
        for (int i = 0; i < 300; i++) {
            step(random);
            pump();
            for (Call call : desk.waiting) {
                boolean bounded = desk.runningOf(call.tenant()) >= desk.bound(call.tenant());
                assertThat(bounded || call.targets().stream().noneMatch(this::hasRoom))
                        .as("%s has a reason to wait", call)
                        .isTrue();
                assertThat(bounded || !refusing.containsAll(call.targets()))
                        .as("%s has something to wait for", call)
                        .isTrue();
            }
        }
        refusing.clear();
        pump();
        while (!desk.running.isEmpty()) {
            end(desk.running.get(0));
            pump();
        }
        assertThat(desk.waiting).isEmpty();
        PLACES.keySet()
                .forEach(
                        key ->
                                assertThat(desk.scheduler.<Integer>of(key, c -> c.running()))
                                        .isZero());
    }

    /** Who comes from a dead target has its part beside the flood of those who belong there. */
    @Example
    void newcomersFromADeadTargetShareTheOtherOneFairly() {
        refusing.add("x");
        for (int i = 0; i < 100; i++) {
            desk.to("y");
            desk.offer("a", NORMAL);
            desk.to(List.of("x", "y"));
            desk.offer("b", NORMAL);
        }
        for (int i = 0; i < 60; i++) {
            pump();
            end(desk.running.get(0));
        }
        assertThat(desk.startedOf("b")).isBetween(29L, 33L);
    }

    private boolean hasRoom(String target) {
        return !refusing.contains(target) && runningAt(target) < PLACES.get(target);
    }

    private long runningAt(String target) {
        return desk.running.stream().filter(call -> target.equals(at.get(call))).count();
    }

    /** Starts what may start, and looks at where. */
    private void pump() {
        for (Call call = desk.next(); call != null; call = desk.next()) {
            at.remove(call);
            String place = desk.scheduler.placeOf(call);
            if (place == null) {
                assertThat(refusing).containsAll(call.targets());
                continue;
            }
            assertThat(hasRoom(place)).as("%s at %s", call, place).isTrue();
            List<String> earlier = call.targets().subList(0, call.targets().indexOf(place));
            assertThat(earlier).as("%s at %s", call, place).noneMatch(this::hasRoom);
            at.put(call, place);
        }
    }

    private void end(Call call) {
        desk.end(call, ANSWERED);
        at.remove(call);
    }

    private void step(Random random) {
        int what = random.nextInt(10);
        if (what < 5) {
            List<String> targets = new ArrayList<>(PLACES.keySet());
            Collections.sort(targets);
            Collections.shuffle(targets, random);
            desk.to(List.copyOf(targets.subList(0, 1 + random.nextInt(3))));
            desk.offer(TENANTS.get(random.nextInt(3)), random.nextBoolean() ? HIGH : NORMAL);
        } else if (what < 8 && !desk.running.isEmpty()) {
            end(desk.running.get(random.nextInt(desk.running.size())));
        } else if (what < 9) {
            String target = List.of("x", "y", "z").get(random.nextInt(3));
            if (!refusing.remove(target)) {
                refusing.add(target);
            }
        } else {
            desk.now += random.nextInt(2 * Desk.AGING_MILLIS);
        }
    }
}
