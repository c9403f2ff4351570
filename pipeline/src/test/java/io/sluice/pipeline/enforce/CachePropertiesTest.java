package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the response cache promises. That nothing fresh is missed: see the reference. */
@Domain(Schedules.class)
class CachePropertiesTest {
    @Property
    void c2NothingIsServedAtTheAgeOfItsTtlOrAbove(@ForAll Schedule schedule) {
        Map<String, Long> keptAt = new HashMap<>();
        History history = new History();
        long arrival = 0;
        for (LogRecord record : schedule.log()) {
            int decided = history.effects.decided.size();
            int lines = history.effects.lines.size();
            arrival = history.apply(record) ? Math.max(arrival, record.arrivedAtMillis()) : arrival;
            for (String line : history.effects.lines.subList(lines, history.effects.lines.size())) {
                if (line.startsWith("keepAnswer ")) {
                    keptAt.put(line.substring("keepAnswer llm:".length()), arrival);
                }
            }
            if (history.effects.decided.size() > decided) {
                EffectsLog.Decided last = history.effects.decided.get(decided);
                if (last.decision().outcome() == Verdict.CACHE_HIT) {
                    String key = last.facts().model() + ':' + last.facts().promptHash();
                    long ageMillis = last.decision().decidedAtMillis() - keptAt.get(key);
                    assertThat(ageMillis)
                            .isLessThan(policy(schedule, last.decision()).cache().llmTtlMillis());
                }
            }
        }
    }

    @Property
    void c3OnlyWholeSuccessesThatMayBeKeptAreKept(@ForAll Schedule schedule) {
        History history = new History();
        for (LogRecord record : schedule.log()) {
            int lines = history.effects.lines.size();
            Map<String, RequestFacts> open = new HashMap<>(history.effects.open);
            history.apply(record);
            List<String> added = history.effects.lines.subList(lines, history.effects.lines.size());
            if (added.stream().anyMatch(line -> line.startsWith("keepAnswer "))) {
                OutcomeEvent outcome = (OutcomeEvent) record.event();
                assertThat(outcome.facts().status()).isEqualTo(OutcomeStatus.SUCCEEDED);
                assertThat(outcome.facts().complete()).isTrue();
                RequestFacts asked = open.get(outcome.facts().requestId());
                assertThat(asked.cacheMode()).isNotEqualTo(CacheMode.BYPASS);
                assertThat(added)
                        .contains("keepAnswer llm:" + asked.model() + ':' + asked.promptHash());
            }
        }
    }

    @Property
    void c4OneCallAtATimeForIdenticalRequests(@ForAll Schedule schedule) {
        History history = new History();
        Set<String> alone = new HashSet<>();
        for (LogRecord record : schedule.log()) {
            int decided = history.effects.decided.size();
            history.apply(record);
            if (history.effects.decided.size() > decided) {
                EffectsLog.Decided last = history.effects.decided.get(decided);
                if (policy(schedule, last.decision()).cache().llmTtlMillis() == 0) {
                    alone.add(last.facts().requestId());
                }
            }
            Set<String> shared = new HashSet<>();
            for (RequestFacts call : history.effects.open.values()) {
                if (call.cacheMode() == CacheMode.DEFAULT && !alone.contains(call.requestId())) {
                    assertThat(shared.add(call.promptHash())).as("only call of %s", call).isTrue();
                }
            }
        }
    }

    @Property
    void c4EveryFollowerHasACallToWaitFor(@ForAll Schedule schedule) {
        History history = new History();
        for (LogRecord record : schedule.log()) {
            history.apply(record);
            for (RequestFacts waiting : history.effects.parked.values()) {
                assertThat(history.effects.open.values())
                        .anyMatch(call -> call.promptHash().equals(waiting.promptHash()));
            }
        }
    }

    private static EffectivePolicy policy(Schedule schedule, Decision decision) {
        return schedule.policies().get(decision.policyVersion() - 1);
    }
}
