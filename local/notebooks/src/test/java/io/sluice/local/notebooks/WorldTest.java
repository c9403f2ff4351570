package io.sluice.local.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The traffic that notes are tried with has in it what they might get wrong. */
class WorldTest {
    private static final int MOST_SHOWN = 10;

    private final World world = new World(NotebooksITCase.SEED).run(NotebooksITCase.REQUESTS);

    @Test
    void recordsAreThereTwiceAndSeveralArriveTogether() {
        List<World.Entry> stream = world.stream;
        assertThat(stream)
                .filteredOn(
                        entry ->
                                stream.stream()
                                        .anyMatch(
                                                other ->
                                                        other != entry
                                                                && Arrays.equals(
                                                                        other.data(),
                                                                        entry.data())))
                .hasSizeGreaterThan(20);
        assertThat(stream).filteredOn(entry -> neighbours(entry) == 0).hasSizeGreaterThan(20);
        assertThat(stream).filteredOn(entry -> neighbours(entry) > 0).hasSizeGreaterThan(20);
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

    /** Records of the same tenant right before or after this one, at the same time. */
    private long neighbours(World.Entry entry) {
        int at = world.stream.indexOf(entry);
        return world
                .stream
                .subList(Math.max(0, at - 1), Math.min(world.stream.size(), at + 2))
                .stream()
                .filter(
                        other ->
                                other != entry
                                        && other.tenant().equals(entry.tenant())
                                        && other.arrivedAtMillis() == entry.arrivedAtMillis())
                .count();
    }

    private static long window(long millis, int minutes) {
        return Math.floorDiv(millis, minutes * 60_000L);
    }

    private static int month(long minute) {
        return Instant.ofEpochSecond(minute * 60).atOffset(ZoneOffset.UTC).getMonthValue();
    }
}
