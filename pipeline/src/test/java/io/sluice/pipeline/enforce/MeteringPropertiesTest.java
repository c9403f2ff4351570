package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Granularity;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What usage windows promise, and that everything that was begun ends. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class MeteringPropertiesTest {
    private static final Set<String> ENDS = Set.of("answerParked", "failParked", "cancelParked");

    @Property
    void m1UsageIsTheSumOfWhatHappened(@ForAll Schedule schedule) {
        History history = new History();
        UsageCounts.Builder sum = UsageCounts.builder();
        long[] totals = new long[5];
        for (LogRecord record : schedule.log()) {
            if (history.apply(record) && record.event() instanceof OutcomeEvent outcome) {
                totals[0] += outcome.facts().usage().inputTokens();
                totals[1] += outcome.facts().usage().outputTokens();
                totals[2] += outcome.facts().costPicoUsd();
                totals[3] += outcome.facts().usage().cacheReadTokens();
                totals[4] += outcome.facts().usage().cacheWriteTokens();
            }
        }
        EffectsLog effects = history.effects;
        UsageCounts expected =
                sum.requests(effects.decided.size())
                        .admitted(effects.decided.size() - count(effects, Verdict.REJECTED))
                        .rejected(count(effects, Verdict.REJECTED))
                        .cacheHits(count(effects, Verdict.CACHE_HIT))
                        .coalesced(endedAsFollowers(effects))
                        .failed(total(effects, Granularity.DAY).failed())
                        .inputTokens(totals[0])
                        .outputTokens(totals[1])
                        .costPicoUsd(totals[2])
                        .cacheReadTokens(totals[3])
                        .cacheWriteTokens(totals[4])
                        .build();
        for (Granularity granularity : Granularity.values()) {
            assertThat(total(effects, granularity)).as(granularity.name()).isEqualTo(expected);
        }
        assertThat(effects.bookedPicoUsd)
                .as("metric")
                .isEqualTo(expected.costPicoUsd().longValueExact());
        assertThat(effects.counted).as("metric").isEqualTo(expected.requests());
    }

    @Property
    void m1MinutesAndHoursSumToTheirDay(@ForAll Schedule schedule) {
        EffectsLog effects = History.of(schedule.log()).effects;
        Map<String, UsageCounts> days = perDay(effects, Granularity.DAY);
        assertThat(perDay(effects, Granularity.MINUTE)).isEqualTo(days);
        assertThat(perDay(effects, Granularity.HOUR)).isEqualTo(days);
    }

    @Property
    void m1FailuresAreCountedOncePerFailedRequest(
            @ForAll Schedule schedule, @ForAll Ending ending) {
        Script script = schedule.script();
        script.endAll(ending);
        History history = new History();
        long failedCalls = 0;
        for (LogRecord record : script.log()) {
            if (history.apply(record) && record.event() instanceof OutcomeEvent outcome) {
                failedCalls += outcome.facts().status() == OutcomeStatus.SUCCEEDED ? 0 : 1;
            }
        }
        long failedFollowers =
                history.effects.endings.values().stream()
                        .filter(how -> how.equals("failed") || how.equals("cancelled"))
                        .count();
        assertThat(total(history.effects, Granularity.DAY).failed())
                .isEqualTo(failedCalls + failedFollowers);
    }

    @Property
    void e2EveryRequestEndsOnceAndNothingIsLeft(@ForAll Schedule schedule, @ForAll Ending ending) {
        Script script = schedule.script();
        script.endAll(ending);
        StoredTenantState state = new StoredTenantState();
        EffectsLog effects = History.of(script.log(), state).effects;
        List<String> ids =
                effects.decided.stream()
                        .map(decided -> decided.facts().requestId())
                        .filter(id -> !effects.open.containsKey(id)) // forgotten after 30 days
                        .toList();
        assertThat(effects.endings.keySet()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(effects.parked).isEmpty();
        assertThat(state.core().holds().isEmpty()).as("no holds").isTrue();
        assertThat(state.core().holds().pending()).as("pending").isZero();
        assertThat(state.core().holds().heldPicoUsd()).as("held").isZero();
        assertThat(state.count("hold")).as("holds elsewhere").isZero();
        for (String key : state.slotKeys()) {
            assertThat(state.slot(key).flights()).as("flights of %s", key).isEmpty();
        }
    }

    @Property
    void m1TheMoneyOfBudgetsIsTheMoneyOfUsageRows(@ForAll Schedule schedule) {
        History history = new History();
        long spent = 0;
        long before = 0;
        for (LogRecord record : schedule.log()) {
            history.apply(record);
            long now = history.state.core().monthSpending().spentPicoUsd();
            spent += record.event() instanceof OutcomeEvent ? now - before : 0;
            before = now;
        }
        assertThat(total(history.effects, Granularity.MINUTE).costPicoUsd()).isEqualTo(spent);
    }

    @Property
    void turnsKeptAreThoseTheEngineKnows(@ForAll Schedule schedule) {
        History history = History.of(schedule.log());
        Map<String, Integer> known = new HashMap<>();
        for (String key : history.state.conversationKeys()) {
            known.put(key, history.state.conversation(key).turns());
        }
        known.values().removeIf(turns -> turns == 0);
        Map<String, Integer> kept = new HashMap<>();
        history.effects.conversations.forEach((key, turns) -> kept.put(key, turns.size()));
        kept.values().removeIf(turns -> turns == 0);
        assertThat(kept).isEqualTo(known);
    }

    @Property
    void keptAnswersAreExactlyTheCachedOnes(@ForAll Schedule schedule) {
        StoredTenantState state = new StoredTenantState();
        EffectsLog effects = History.of(schedule.log(), state).effects;
        List<String> answered = new ArrayList<>();
        for (String key : state.slotKeys()) {
            if (state.slot(key).entry() != null) {
                answered.add(key);
            }
        }
        assertThat(answered).containsExactlyInAnyOrderElementsOf(effects.kept);
    }

    /** A follower that took its leader's place was invoked in the end. */
    private static long endedAsFollowers(EffectsLog effects) {
        return effects.lines.stream().filter(line -> ENDS.contains(line.split(" ")[0])).count();
    }

    private static long count(EffectsLog effects, Verdict verdict) {
        return effects.decided.stream().filter(d -> d.decision().outcome() == verdict).count();
    }

    private static UsageCounts total(EffectsLog effects, Granularity granularity) {
        return rows(effects, granularity)
                .map(UsageItem::counts)
                .reduce(UsageCounts.ZERO, MeteringPropertiesTest::sum);
    }

    /** Counts by day and labels, added up from rows of that granularity. */
    private static Map<String, UsageCounts> perDay(EffectsLog effects, Granularity granularity) {
        Map<String, UsageCounts> days = new HashMap<>();
        rows(effects, granularity)
                .forEach(
                        row ->
                                days.merge(
                                        Granularity.DAY.windowStart(row.key().windowStartMillis())
                                                + " "
                                                + row.key().endpoint()
                                                + ' '
                                                + row.key().agentId(),
                                        row.counts(),
                                        MeteringPropertiesTest::sum));
        return days;
    }

    private static Stream<UsageItem> rows(EffectsLog effects, Granularity granularity) {
        return effects.rows.values().stream().filter(row -> row.key().granularity() == granularity);
    }

    private static UsageCounts sum(UsageCounts a, UsageCounts b) {
        return UsageCounts.builder()
                .requests(a.requests() + b.requests())
                .admitted(a.admitted() + b.admitted())
                .rejected(a.rejected() + b.rejected())
                .cacheHits(a.cacheHits() + b.cacheHits())
                .coalesced(a.coalesced() + b.coalesced())
                .failed(a.failed() + b.failed())
                .inputTokens(a.inputTokens() + b.inputTokens())
                .outputTokens(a.outputTokens() + b.outputTokens())
                .cacheReadTokens(a.cacheReadTokens() + b.cacheReadTokens())
                .cacheWriteTokens(a.cacheWriteTokens() + b.cacheWriteTokens())
                .costPicoUsd(a.costPicoUsd().add(b.costPicoUsd()))
                .build();
    }
}
