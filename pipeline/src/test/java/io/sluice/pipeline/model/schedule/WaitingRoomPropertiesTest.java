package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Priority;
import io.sluice.pipeline.model.schedule.Desk.Call;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Who has to go when a lane is full: nothing runs here, so every call waits. */
class WaitingRoomPropertiesTest {
    private static final List<String> TENANTS = List.of("a", "b", "c", "d", "e");

    private static Desk full(int room, long bytes, Random random) {
        Desk desk =
                new Desk(new LaneBounds(1, 1 << 20, room, bytes), new LaneBounds(1, 1 << 20, 1, 1));
        TENANTS.forEach(tenant -> desk.weight(tenant, 1 + random.nextInt(4)));
        desk.offer("running", Priority.HIGH);
        desk.pump();
        return desk;
    }

    @Property
    void noTenantWithinItsGuaranteedShareIsShed(
            @ForAll long seed, @ForAll @IntRange(min = 5, max = 60) int room) {
        Random random = new Random(seed);
        Desk desk = full(room, 1 << 20, random);
        for (int i = 0; i < 4 * room; i++) {
            // Mostly one tenant's.
            String tenant = random.nextInt(3) == 0 ? TENANTS.get(random.nextInt(5)) : "a";
            Map<String, Integer> before = counts(desk);
            List<Call> waitingBefore = List.copyOf(desk.waiting);
            int shedBefore = desk.shed.size();
            Call call = desk.offer(tenant, random.nextBoolean() ? Priority.HIGH : Priority.NORMAL);

            before.merge(tenant, 1, Integer::sum);
            assertThat(desk.waiting.size()).isLessThanOrEqualTo(room);
            if (before.values().stream().mapToInt(n -> n).sum() <= room) {
                assertThat(desk.shed).hasSize(shedBefore);
                continue;
            }
            assertThat(desk.shed).hasSize(shedBefore + 1);
            Call gone = desk.shed.get(shedBefore);
            int weights = before.keySet().stream().mapToInt(desk::weight).sum();
            assertThat(before.get(gone.tenant()) * weights)
                    .as("calls of who is shed, against its share of the room")
                    .isGreaterThan(room * desk.weight(gone.tenant()));
            // It is the one that would have run last of its tenant's.
            assertThat(gone)
                    .isEqualTo(
                            Stream.concat(waitingBefore.stream(), Stream.of(call))
                                    .filter(c -> c.tenant().equals(gone.tenant()))
                                    .max(
                                            Comparator.comparingLong(Call::rank)
                                                    .thenComparing(Call::number))
                                    .orElseThrow());
        }
    }

    /** Refused is refused alone; and who fits into a share of the bytes always fits. */
    @Property
    void bytesHaveGuaranteedSharesToo(
            @ForAll long seed, @ForAll @IntRange(min = 100, max = 1_000) int bytes) {
        Random random = new Random(seed);
        Desk desk = full(1_000, bytes, random);
        Map<Call, Integer> sizes = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            String tenant = random.nextInt(3) == 0 ? TENANTS.get(random.nextInt(5)) : "a";
            int size = 1 + random.nextInt(40);
            int shedBefore = desk.shed.size();
            Call call = desk.offer(tenant, Priority.NORMAL, size, Desk.NEVER);
            sizes.put(call, size);

            List<Call> gone = desk.shed.subList(shedBefore, desk.shed.size());
            if (gone.contains(call)) {
                assertThat(gone).containsExactly(call);
                long own = bytesOf(desk, tenant, sizes) + size;
                assertThat(own * weightsOf(desk, tenant))
                        .isGreaterThan((long) bytes * desk.weight(tenant));
            }
            assertThat(desk.scheduler.waitingBytes(Lane.INTERACTIVE))
                    .isLessThanOrEqualTo(bytes)
                    .isEqualTo(desk.waiting.stream().mapToInt(sizes::get).sum());
        }
    }

    private static int weightsOf(Desk desk, String newcomer) {
        Map<String, Integer> counts = counts(desk);
        counts.putIfAbsent(newcomer, 0);
        return counts.keySet().stream().mapToInt(desk::weight).sum();
    }

    private static long bytesOf(Desk desk, String tenant, Map<Call, Integer> sizes) {
        return desk.waiting.stream()
                .filter(call -> call.tenant().equals(tenant))
                .mapToInt(sizes::get)
                .sum();
    }

    private static Map<String, Integer> counts(Desk desk) {
        Map<String, Integer> counts = new HashMap<>();
        desk.waiting.forEach(call -> counts.merge(call.tenant(), 1, Integer::sum));
        return counts;
    }
}
