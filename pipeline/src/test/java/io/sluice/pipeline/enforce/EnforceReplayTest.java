package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.ResultItem;
import io.sluice.contract.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

/** The operator is the engine: in every backend, beside other tenants, and over a restore. */
@Domain(Schedules.class)
@Domain(DomainContext.Global.class)
class EnforceReplayTest {
    @Property(tries = 8)
    void a1R9TheOperatorDecidesAsTheEngineBesideAnotherTenant(
            @ForAll Schedule mine, @ForAll Schedule others, @ForAll Backend backend)
            throws Exception {
        List<LogRecord> log = mine.logOf("mine");
        List<LogRecord> both = new ArrayList<>(log);
        both.addAll(others.logOf("others"));
        both.sort(Comparator.comparing(record -> Integer.parseInt(record.sequenceNumber())));
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(both);
            List<EffectsLog.Decided> expected = History.of(log).effects.decided;
            assertThat(decided(harness, "mine", parked(expected)))
                    .containsExactlyInAnyOrderElementsOf(alone(expected));
        }
    }

    @Property(tries = 8)
    void a1ARestoreChangesNothingThatComesOut(
            @ForAll Schedule schedule, @ForAll @IntRange(max = 140) int at, @ForAll Backend backend)
            throws Exception {
        List<LogRecord> log = schedule.log();
        int cut = Math.min(at, log.size());
        List<String> undisturbed;
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(log.subList(0, cut));
            int before = harness.outputs().size();
            harness.process(log.subList(cut, log.size()));
            undisturbed = harness.outputs();
            assertThat(undisturbed).hasSizeGreaterThanOrEqualTo(before);
        }
        List<String> restored = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (EnforceHarness harness = EnforceHarness.empty(backend)) {
            harness.process(log.subList(0, cut));
            restored.addAll(harness.outputs());
            snapshot = harness.snapshot();
        }
        try (EnforceHarness harness = EnforceHarness.restored(backend, snapshot)) {
            harness.process(log.subList(cut, log.size()));
            restored.addAll(harness.outputs());
        }
        assertThat(restored).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    /** Decisions that have left the operator, but those of requests that waited. */
    private static List<String> decided(
            EnforceHarness harness, String tenantId, Set<String> parked) {
        List<String> all = new ArrayList<>();
        for (AdmittedRequest admitted : harness.admitted()) {
            if (admitted.request().tenantId().equals(tenantId)
                    && !parked.contains(admitted.request().eventId())) {
                all.add(line(admitted.request().eventId(), admitted.decision()));
            }
        }
        for (ResultItem item : harness.decided()) {
            if (item.tenantId().equals(tenantId) && isAlone(item.decision())) {
                all.add(line(item.requestId(), item.decision()));
            }
        }
        return all;
    }

    private static List<String> alone(List<EffectsLog.Decided> decided) {
        return decided.stream()
                .filter(each -> isAlone(each.decision()))
                .map(each -> line(each.facts().requestId(), each.decision()))
                .toList();
    }

    private static Set<String> parked(List<EffectsLog.Decided> decided) {
        return decided.stream()
                .filter(each -> !isAlone(each.decision()))
                .map(each -> each.facts().requestId())
                .collect(Collectors.toSet());
    }

    private static boolean isAlone(Decision decision) {
        return decision.outcome() != Verdict.COALESCED;
    }

    private static String line(String requestId, Decision decision) {
        return requestId + ' ' + decision;
    }
}
