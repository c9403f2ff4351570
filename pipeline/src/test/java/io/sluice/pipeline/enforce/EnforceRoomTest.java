package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** How many decoded cores an operator has room for, and when they are written, changes nothing. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class EnforceRoomTest {
    private static final int ROOM_FOR_ALL = 1_000;

    @Property(tries = 20)
    void outputDoesNotDependOnRoom(
            @ForAll @Size(min = 2, max = 6) List<Schedule> tenants,
            @ForAll @IntRange(min = 1, max = 2) int room,
            @ForAll Backend backend)
            throws Exception {
        List<LogRecord> log = together(tenants);
        try (EnforceHarness all = EnforceHarness.withRoom(backend, null, ROOM_FOR_ALL);
                EnforceHarness few = EnforceHarness.withRoom(backend, null, room)) {
            all.process(log);
            few.process(log);
            assertThat(few.outputs()).isEqualTo(all.outputs());
        }
    }

    @Property(tries = 20)
    void outputDoesNotDependOnCheckpointsAndRestores(
            @ForAll @Size(min = 2, max = 6) List<Schedule> tenants,
            @ForAll @IntRange(min = 1, max = 3) int room,
            @ForAll @Size(max = 4) List<@IntRange(max = 300) Integer> cuts,
            @ForAll Backend backend)
            throws Exception {
        List<LogRecord> log = together(tenants);
        List<String> undisturbed;
        try (EnforceHarness all = EnforceHarness.withRoom(backend, null, ROOM_FOR_ALL)) {
            all.process(log);
            undisturbed = all.outputs();
        }
        List<Integer> places = new ArrayList<>(cuts);
        places.removeIf(place -> place > log.size());
        places.add(log.size());
        places.sort(Comparator.naturalOrder());
        List<String> outputs = new ArrayList<>();
        OperatorSubtaskState state = null;
        int done = 0;
        for (int place : places) {
            try (EnforceHarness part = EnforceHarness.withRoom(backend, state, room)) {
                int half = (done + place) / 2;
                part.process(log.subList(done, half));
                part.snapshot(); // one that is never used
                part.process(log.subList(half, place));
                outputs.addAll(part.outputs());
                state = part.snapshot();
            }
            done = place;
        }
        assertThat(outputs).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    /** The logs of several tenants, one record of each in turn. */
    private static List<LogRecord> together(List<Schedule> tenants) {
        List<LogRecord> all = new ArrayList<>();
        for (int i = 0; i < tenants.size(); i++) {
            all.addAll(tenants.get(i).logOf("tenant-" + i));
        }
        all.sort(Comparator.comparing(record -> Integer.parseInt(record.sequenceNumber())));
        return all;
    }
}
