package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The traffic that notes are tried with has in it what they might get wrong. */
class WorldTest {
    private static final int MOST_SHOWN = 10;

    private final World world = new World(NotebooksITCase.SEED).run(NotebooksITCase.REQUESTS);

    @Test
    void eventsAreThereTwice() {
        List<String> events =
                world.stream.stream()
                        .map(entry -> new String(entry.data(), StandardCharsets.UTF_8))
                        .filter(text -> text.contains("\"facts\""))
                        .toList();
        assertThat(events.size() - Set.copyOf(events).size()).isGreaterThan(20);
    }

    @Test
    void recordsHoldOneEventOrSeveral() {
        assertThat(eventsOfRecords()).filteredOn(events -> events == 1).hasSizeGreaterThan(20);
        assertThat(eventsOfRecords()).filteredOn(events -> events > 1).hasSizeGreaterThan(20);
    }

    @Test
    void callsEndInLaterWindowsFailOrHaveNoPrice() {
        assertThat(world.calls)
                .filteredOn(
                        call ->
                                window(call.decidedAtMillis() + call.latencyMillis(), 5)
                                        > window(call.decidedAtMillis(), 5))
                .hasSizeGreaterThan(5);
        assertThat(world.calls).anyMatch(call -> !call.succeeded());
        assertThat(world.calls).anyMatch(World.Call::unpriced);
    }

    @Test
    void answersOfOthersComeFromAllPlaces() {
        assertThat(world.served).anyMatch(World.Served::coalesced);
        assertThat(world.served).anyMatch(served -> !served.coalesced() && served.cost() != null);
        assertThat(world.served).anyMatch(served -> served.cost() == null);
    }

    @Test
    void monthEndsAndSomeRejectionsAreNotShown() {
        assertThat(world.decidedMinutes.stream().map(WorldTest::month).distinct()).hasSize(2);
        assertThat(
                        world.refused.stream()
                                .filter(refused -> month(refused.decidedAtMillis() / 60_000) == 12)
                                .map(refused -> refused.tenant() + refused.reason())
                                .distinct())
                .hasSizeGreaterThan(MOST_SHOWN);
    }

    /** How many neighbours of one tenant and time there are, one after the other. */
    private List<Integer> eventsOfRecords() {
        List<Integer> sizes = new ArrayList<>();
        String last = "";
        for (World.Entry entry : world.stream) {
            String record = entry.tenant() + entry.arrivedAtMillis();
            if (record.equals(last)) {
                sizes.add(sizes.remove(sizes.size() - 1) + 1);
            } else {
                sizes.add(1);
            }
            last = record;
        }
        return sizes;
    }

    private static long window(long millis, int minutes) {
        return Math.floorDiv(millis, minutes * 60_000L);
    }

    private static int month(long minute) {
        return Instant.ofEpochSecond(minute * 60).atOffset(ZoneOffset.UTC).getMonthValue();
    }
}
