package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Names;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.cache.CacheSlot;
import io.sluice.pipeline.cache.Flight;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What those who share a call may rely on. */
@Domain(Schedules.class)
class CoalescingPropertiesTest {
    /** A history in which each request's deadline is known, in arrival time. */
    private static final class Waits {
        final Observed observed = new Observed();
        final Map<String, RequestFacts> asked = new HashMap<>();
        final Map<String, Long> deadlines = new HashMap<>();

        EffectsLog.Decided apply(LogRecord record) {
            EffectsLog.Decided decided = observed.apply(record);
            if (decided != null) {
                RequestFacts facts = decided.facts();
                long patience = facts.deadlineAtMillis() - facts.receivedAtMillis();
                asked.put(facts.requestId(), facts);
                deadlines.put(
                        facts.requestId(),
                        nowMillis() + Math.min(patience, Admission.MOST_PATIENCE_MILLIS));
            }
            return decided;
        }

        long nowMillis() {
            return observed.history.state.core().arrivalMillis();
        }

        boolean isBulk(String id) {
            return asked.get(id).priority() == Priority.LOW;
        }

        /** Whether one may wait for the call of the other. */
        boolean mayWait(String follower, String leader) {
            return isBulk(follower) == isBulk(leader)
                    && deadlines.get(leader) <= deadlines.get(follower);
        }

        List<Flight> flights() {
            TenantState state = observed.history.state;
            List<Flight> flights = new ArrayList<>();
            state.slotKeys().forEach(key -> flights.addAll(state.slot(key).flights()));
            return flights;
        }

        List<String> effectsSince(int lines) {
            List<String> all = observed.history.effects.lines;
            return List.copyOf(all.subList(lines, all.size()));
        }
    }

    @Property
    void c4NobodyWaitsForALaterDeadlineOrInAnotherLane(@ForAll Schedule schedule) {
        Waits waits = new Waits();
        for (LogRecord record : schedule.log()) {
            waits.apply(record);
            for (Flight flight : waits.flights()) {
                assertThat(flight.followers())
                        .as("who waits for %s", flight.leader())
                        .allMatch(follower -> waits.mayWait(follower, flight.leader()));
            }
        }
    }

    @Property
    void c4NobodyIsCalledWhoMayWaitForAnother(@ForAll Schedule schedule) {
        Waits waits = new Waits();
        for (LogRecord record : schedule.log()) {
            EffectsLog.Decided decided = waits.apply(record);
            if (decided == null || decided.decision().outcome() != Verdict.INVOKED) {
                continue;
            }
            String id = decided.facts().requestId();
            Hold hold = waits.observed.hold(id);
            for (Flight flight : waits.flights()) {
                String leader = flight.leader();
                Hold other = waits.observed.hold(leader);
                if (hold.role() == Hold.Role.LEADER
                        && !leader.equals(id)
                        && other.cacheKey().equals(hold.cacheKey())) {
                    assertThat(waits.mayWait(id, leader)).as("%s after %s", id, leader).isFalse();
                }
            }
        }
    }

    @Property
    void c4NobodyEndsByAnothersWithdrawalOrDeadline(@ForAll Schedule schedule) {
        Waits waits = new Waits();
        for (LogRecord record : schedule.log()) {
            int lines = waits.observed.history.effects.lines.size();
            waits.apply(record);
            for (String line : waits.effectsSince(lines)) {
                String[] words = line.split(" ");
                if (words[0].equals("failParked")) {
                    boolean late = waits.deadlines.get(words[1]) <= waits.nowMillis();
                    assertThat(words[2]).isNotEqualTo(Names.CANCELLED);
                    assertThat(words[2].equals(Names.DEADLINE)).as(line).isEqualTo(late);
                } else if (words[0].equals("invokeParked")) {
                    assertThat(waits.deadlines.get(words[1])).isGreaterThan(waits.nowMillis());
                }
            }
        }
    }

    @Property
    void c4NobodyWaitsForAnAnswerThatIsThere(@ForAll Schedule schedule) {
        Waits waits = new Waits();
        for (LogRecord record : schedule.log()) {
            int lines = waits.observed.history.effects.lines.size();
            waits.apply(record);
            for (String line : waits.effectsSince(lines)) {
                if (line.startsWith("keepAnswer ")) {
                    CacheSlot slot = waits.observed.history.state.slot(line.substring(11));
                    // An answer that was too old when it came is swept with its slot.
                    List<Flight> flights = slot == null ? List.of() : slot.flights();
                    assertThat(flights).allMatch(flight -> flight.followers().isEmpty());
                }
            }
        }
    }

    @Property
    void c4EveryFollowerHasACallToWaitFor(@ForAll Schedule schedule) {
        Waits waits = new Waits();
        for (LogRecord record : schedule.log()) {
            waits.apply(record);
            Set<String> waiting = new HashSet<>();
            for (Flight flight : waits.flights()) {
                assertThat(waits.observed.hold(flight.leader()).expired()).isFalse();
                assertThat(waits.observed.history.effects.open).containsKey(flight.leader());
                waiting.addAll(flight.followers());
            }
            assertThat(waits.observed.history.effects.parked.keySet()).isEqualTo(waiting);
        }
    }
}
