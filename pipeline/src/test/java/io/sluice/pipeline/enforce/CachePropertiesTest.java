package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.cache.CacheKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the response cache promises. That nothing fresh is missed: see the reference. */
@Domain(Schedules.class)
class CachePropertiesTest {
    @Property
    void c1AnAnswerIsServedToNobodyWhoAskedSomethingElse(@ForAll Schedule schedule) {
        Map<String, RequestFacts> asked = new HashMap<>();
        Map<String, String> answeredBy = new HashMap<>();
        History history = new History();
        for (LogRecord record : schedule.log()) {
            int lines = history.effects.lines.size();
            history.apply(record);
            for (String line : added(history, lines)) {
                if (line.startsWith("keepAnswer ") && record.event() instanceof OutcomeEvent end) {
                    answeredBy.put(line.substring(11), end.facts().requestId());
                } else if (line.startsWith("serve ")) {
                    RequestFacts served = last(history).facts();
                    RequestFacts first = asked.get(answeredBy.get(line.split(" ")[1]));
                    assertThat(whatIsAsked(served)).isEqualTo(whatIsAsked(first));
                }
            }
            history.effects.decided.forEach(d -> asked.put(d.facts().requestId(), d.facts()));
        }
    }

    private static List<Object> whatIsAsked(RequestFacts facts) {
        boolean task = facts.taskHash() != null && facts.labels().agentId() != null;
        return task
                ? List.of(facts.labels().agentId(), facts.taskHash())
                : List.of(facts.promptHash());
    }

    @Property
    void c2NothingIsServedAtTheAgeOfItsTtlOrAbove(@ForAll Schedule schedule) {
        Map<String, Long> keptAt = new HashMap<>();
        Map<String, Long> ttl = new HashMap<>();
        History history = new History();
        for (LogRecord record : schedule.log()) {
            int lines = history.effects.lines.size();
            history.apply(record);
            TenantCore core = history.state.core();
            for (String line : added(history, lines)) {
                String key = line.contains(" ") ? line.split(" ")[1] : "";
                if (line.startsWith("keepAnswer ")) {
                    keptAt.put(key, core.arrivalMillis());
                    ttl.put(key, CacheKeys.ttlMillis(key, core.policy().cache()));
                } else if (line.startsWith("serve ")) {
                    EffectsLog.Decided served = last(history);
                    long ageMillis = served.decision().decidedAtMillis() - keptAt.get(key);
                    assertThat(ageMillis)
                            .isLessThan(ttl.get(key))
                            .isLessThan(
                                    CacheKeys.ttlMillis(
                                            key, schedule.policy(served.decision()).cache()));
                }
            }
        }
    }

    @Property
    void c3OnlyWholeSuccessesThatMayBeKeptAreKept(@ForAll Schedule schedule) {
        History history = new History();
        Map<String, EffectsLog.Decided> decided = new HashMap<>();
        for (LogRecord record : schedule.log()) {
            int lines = history.effects.lines.size();
            history.apply(record);
            history.effects.decided.forEach(d -> decided.put(d.facts().requestId(), d));
            if (added(history, lines).stream().anyMatch(line -> line.startsWith("keepAnswer "))) {
                OutcomeEvent outcome = (OutcomeEvent) record.event();
                assertThat(outcome.facts().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
                assertThat(outcome.facts().complete()).isTrue();
                EffectsLog.Decided asked = decided.get(outcome.facts().requestId());
                assertThat(asked.facts().cacheMode()).isNotEqualTo(CacheMode.BYPASS);
                assertThat(asked.facts().labels().session()).isNull();
                assertThat(asked.facts().sampled())
                        .isIn(false, schedule.policy(asked.decision()).cache().sampled());
            }
        }
    }

    @Property
    void b7C4ACoalescedRequestReservesNothing(@ForAll Schedule schedule) {
        Observed observed = new Observed();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null && decided.decision().outcome() == Verdict.COALESCED) {
                Hold hold = observed.hold(decided.facts().requestId());
                assertThat(hold.tokens() + hold.picoUsd()).isZero();
            }
        }
    }

    private static List<String> added(History history, int lines) {
        return List.copyOf(history.effects.lines.subList(lines, history.effects.lines.size()));
    }

    private static EffectsLog.Decided last(History history) {
        return history.effects.decided.get(history.effects.decided.size() - 1);
    }
}
