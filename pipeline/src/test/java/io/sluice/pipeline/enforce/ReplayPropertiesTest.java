package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The same log gives the same decisions, wherever and however often it is read. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class ReplayPropertiesTest {
    @Property
    void a1TheSameLogGivesTheSameEffects(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        assertThat(History.of(log).effects.lines).isEqualTo(History.of(log).effects.lines);
    }

    @Property
    void a1TheSameLogGivesTheSameEffectsThroughStoredBytes(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        assertThat(History.of(log, new StoredTenantState()).effects.lines)
                .isEqualTo(History.of(log).effects.lines);
    }

    @Property
    void r9AnotherTenantsTrafficChangesNothing(
            @ForAll Schedule schedule, @ForAll Schedule others, @ForAll long seed) {
        List<LogRecord> mine = schedule.logOf("mine");
        List<LogRecord> both = interleaved(mine, others.logOf("other"), seed);
        Map<String, History> histories = new HashMap<>(Map.of("mine", new History()));
        for (LogRecord record : both) {
            histories.computeIfAbsent(record.tenantId(), id -> new History()).apply(record);
        }
        assertThat(histories.get("mine").effects.lines).isEqualTo(History.of(mine).effects.lines);
    }

    @Property
    void m2ARepeatedRequestChangesNothing(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        StoredTenantState state = new StoredTenantState();
        History history = new History(state);
        for (LogRecord record : log) {
            history.apply(record);
            if (record.event() instanceof RequestEvent) {
                assertNothingMoves(history, state, record);
            }
        }
    }

    @Property
    void m2ARepeatedOutcomeChangesNothing(@ForAll Schedule schedule) {
        StoredTenantState state = new StoredTenantState();
        History history = new History(state);
        for (LogRecord record : schedule.log()) {
            history.apply(record);
            if (record.event() instanceof OutcomeEvent) {
                assertNothingMoves(history, state, record);
                assertNothingMoves(
                        history,
                        state,
                        new LogRecord(record.event(), record.arrivedAtMillis() + 70_000, "later"));
            }
        }
    }

    @Property
    void sweepingNeverChangesADecision(@ForAll Schedule schedule) {
        List<LogRecord> log = schedule.log();
        assertThat(withoutDrops(History.of(log)))
                .isEqualTo(withoutDrops(History.of(log, new NeverForgettingState())));
    }

    private static List<String> withoutDrops(History history) {
        return history.effects.lines.stream()
                .filter(line -> !line.startsWith("dropAnswer"))
                .filter(line -> !line.startsWith("dropConversation"))
                .toList();
    }

    private static void assertNothingMoves(
            History history, StoredTenantState state, LogRecord record) {
        int writes = state.writes();
        int effects = history.effects.lines.size();
        assertThat(history.apply(record)).isFalse();
        assertThat(state.writes()).as("writes").isEqualTo(writes);
        assertThat(history.effects.lines).hasSize(effects);
    }

    private static List<LogRecord> interleaved(List<LogRecord> a, List<LogRecord> b, long seed) {
        List<LogRecord> both = new ArrayList<>();
        int fromA = 0;
        int fromB = 0;
        while (fromA < a.size() || fromB < b.size()) {
            boolean takeA =
                    fromB == b.size()
                            || (fromA < a.size() && Long.rotateRight(seed, both.size()) % 2 == 0);
            both.add(takeA ? a.get(fromA++) : b.get(fromB++));
        }
        return both;
    }
}
