package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The same log gives the same decisions, wherever and however often it is read. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class ReplayPropertiesTest {
    @Provide
    Arbitrary<Schedule> calm() {
        return Schedules.calm();
    }

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

    @Property
    void anExpireCommandAtATimeThatIsKnownChangesNothing(
            @ForAll Schedule schedule, @ForAll @IntRange(max = 139) int at) {
        List<LogRecord> log = schedule.log();
        StoredTenantState state = new StoredTenantState();
        History history = History.of(log.subList(0, Math.min(at, log.size())), state);
        long arrivalMillis = state.core().arrivalMillis();
        StoredTenantState before = state.copy();
        TenantCore core = before.core();
        core.nextSeq();
        before.save(core);
        history.apply(expire(arrivalMillis));
        assertThat(state).isEqualTo(before);
    }

    @Property
    void anExpireCommandBeforeAnEventChangesNoDecision(
            @ForAll("calm") Schedule schedule, @ForAll @IntRange(max = 139) int at) {
        List<LogRecord> log = schedule.log();
        if (log.isEmpty()) {
            return;
        }
        int place = Math.min(at, log.size() - 1);
        History history = History.of(log.subList(0, place));
        LogRecord next = log.get(place);
        // An outcome that comes when its own hold is due settles it; a command would expire it.
        boolean ends =
                next.event() instanceof OutcomeEvent
                        && history.state.core().holds().nextExpiryMillis()
                                <= next.arrivedAtMillis();
        if (!ends) {
            history.apply(expire(next.arrivedAtMillis()));
            log.subList(place, log.size()).forEach(history::apply);
            assertThat(decisions(history)).isEqualTo(decisions(History.of(log)));
        }
    }

    @Property
    void r11HowManyReadTheLogsOfHowManyTenantsChangesNothing(
            @ForAll Schedule a, @ForAll Schedule b, @ForAll Schedule c, @ForAll long seed) {
        List<LogRecord> all =
                interleaved(interleaved(a.logOf("a"), b.logOf("b"), seed), c.logOf("c"), ~seed);
        List<List<String>> one = decisionsOf(all, 1);
        assertThat(decisionsOf(all, 2)).isEqualTo(one);
        assertThat(decisionsOf(all, 8)).isEqualTo(one);
        List<List<String>> alone = new ArrayList<>();
        for (List<LogRecord> log : List.of(a.logOf("a"), b.logOf("b"), c.logOf("c"))) {
            if (!log.isEmpty()) {
                alone.add(decisions(History.of(log)));
            }
        }
        assertThat(one).isEqualTo(alone);
    }

    /** Decisions per tenant if that many readers each read the records of their tenants. */
    private static List<List<String>> decisionsOf(List<LogRecord> all, int readers) {
        SortedMap<String, List<String>> decisions = new TreeMap<>();
        for (int reader = 0; reader < readers; reader++) {
            Map<String, History> mine = new HashMap<>();
            for (LogRecord record : all) {
                if (Math.floorMod(record.tenantId().hashCode(), readers) == reader) {
                    mine.computeIfAbsent(record.tenantId(), id -> new History()).apply(record);
                }
            }
            mine.forEach((tenant, history) -> decisions.put(tenant, decisions(history)));
        }
        return List.copyOf(decisions.values());
    }

    private static List<String> decisions(History history) {
        return history.effects.decided.stream()
                .map(
                        decided ->
                                decided.facts().requestId()
                                        + decided.decision().toBuilder().seq(0).build())
                .toList();
    }

    private static LogRecord expire(long atMillis) {
        return new LogRecord(
                CommandEvent.builder()
                        .tenantId(Facts.TENANT)
                        .commandId("expire")
                        .name(Names.EXPIRE)
                        .build(),
                atMillis,
                "expire");
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
