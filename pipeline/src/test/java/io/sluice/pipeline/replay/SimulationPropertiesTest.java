package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.policy.PolicyDocument;
import io.sluice.pipeline.enforce.Engine;
import io.sluice.pipeline.enforce.MemoryTenantState;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/** Simulations of generated traces: two tenants, clocks that go back, bursts, shared prompts. */
class SimulationPropertiesTest {
    /** One event on a tenant's log; exactly one of request and outcome is there. */
    private record Entry(RequestFacts request, Decision decision, OutcomeFacts outcome) {
        String tenantId() {
            return request == null ? outcome.tenantId() : request.tenantId();
        }
    }

    /** Writes down all logs. */
    private static final class Logs implements LogListener {
        private final List<Entry> entries = new ArrayList<>();

        @Override
        public void request(RequestFacts facts, Decision decision) {
            entries.add(new Entry(facts, decision, null));
        }

        @Override
        public void outcome(OutcomeFacts facts) {
            entries.add(new Entry(null, null, facts));
        }
    }

    @Provide
    Arbitrary<NaiveTenant.Rules> rules() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 12),
                        Arbitraries.longs().between(5, 60),
                        Arbitraries.of(100L, 1_000L, 100_000L),
                        Arbitraries.of(1, 3, 100),
                        Arbitraries.of(100_000_000L, 2_000_000_000L, 900_000_000_000L),
                        Arbitraries.of(0L, 10_000L, 1_800_000L))
                .as(NaiveTenant.Rules::new);
    }

    @Provide
    Arbitrary<List<TraceLine.Builder>> traces() {
        Arbitrary<Long> step =
                Arbitraries.frequencyOf(
                        Tuple.of(40, Arbitraries.just(0L)),
                        Tuple.of(30, Arbitraries.longs().between(1, 3_000)),
                        Tuple.of(20, Arbitraries.of(9_999L, 10_000L, 59_999L, 60_000L, 60_001L)),
                        Tuple.of(5, Arbitraries.longs().between(-100_000, -1)),
                        Tuple.of(3, Arbitraries.of(1_799_999L, 1_800_000L, 12 * 3_600_000L)));
        Arbitrary<Long> latency =
                Arbitraries.frequencyOf(
                        Tuple.of(30, Arbitraries.just(0L)),
                        Tuple.of(40, Arbitraries.longs().between(1, 4_000)),
                        Tuple.of(20, Arbitraries.of(10_000L, 60_000L, 1_200_000L)));
        Arbitrary<TraceLine.Builder> line =
                Combinators.combine(
                                step,
                                latency,
                                Arbitraries.of("acme", "acme", "other"),
                                Arbitraries.longs().between(0, 60),
                                Arbitraries.longs().between(0, 60),
                                Arbitraries.longs().between(0, 80).injectNull(0.4),
                                Arbitraries.of("a", "b", "c").injectNull(0.5),
                                Arbitraries.of(Priority.values()))
                        .as(
                                (wait, millis, tenant, input, output, max, hash, priority) -> {
                                    TraceLine.Builder b =
                                            TraceLine.builder()
                                                    .atMillis(wait)
                                                    .latencyMillis(millis)
                                                    .tenantId(tenant)
                                                    .model(Trace.SMALL)
                                                    .inputTokens(input)
                                                    .outputTokens(output)
                                                    .promptHash(hash)
                                                    .priority(priority);
                                    return max == null ? b : b.maxTokens(max);
                                });
        return line.list()
                .ofMinSize(1)
                .ofMaxSize(150)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    @Property
    void figuresAreThoseOfTheRulesWrittenPlainly(
            @ForAll("rules") NaiveTenant.Rules rules,
            @ForAll("traces") List<TraceLine.Builder> trace)
            throws Exception {
        Map<String, NaiveTenant> expected = new TreeMap<>();
        Simulation simulation = simulation(rules, LogListener.NONE);
        List<TraceLine> lines = lines(trace);
        for (int i = 0; i < lines.size(); i++) {
            simulation.add(lines.get(i), i + 1);
            expected.computeIfAbsent(lines.get(i).tenantId(), id -> new NaiveTenant(rules))
                    .add(lines.get(i));
        }
        SimulationReport report = simulation.finish();
        assertThat(report.tenants().keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (id, tenant) -> {
                    tenant.finish();
                    Totals seen = report.tenants().get(id);
                    assertThat(seen.rejected()).isEqualTo(tenant.rejected);
                    assertThat(seen.admitted()).isEqualTo(tenant.admitted());
                    assertThat(seen.cacheHits()).isEqualTo(tenant.cacheHits);
                    assertThat(seen.coalesced()).isEqualTo(tenant.coalesced);
                    assertThat(seen.inputTokens()).isEqualTo(tenant.inputTokens);
                    assertThat(seen.outputTokens()).isEqualTo(tenant.outputTokens);
                    assertThat(seen.costPicoUsd()).isEqualTo(tenant.costPicoUsd);
                    assertThat(report.minutePeaks().get(id)).isEqualTo(tenant.minutePeak());
                });
    }

    @Property
    void noMinuteHoldsMoreThanItsLimitAndAllSumsHold(
            @ForAll("rules") NaiveTenant.Rules rules,
            @ForAll("traces") List<TraceLine.Builder> trace)
            throws Exception {
        SimulationReport report = run(simulation(rules, LogListener.NONE), lines(trace));
        assertThat(report.minutePeaks().values()).allMatch(n -> n <= rules.requestsPerMinute());
        Totals all = report.overall();
        long rejected = all.rejected().values().stream().mapToLong(n -> n).sum();
        assertThat(all.requests()).isEqualTo(trace.size()).isEqualTo(all.admitted() + rejected);
        assertThat(all.admitted()).isGreaterThanOrEqualTo(all.cacheHits() + all.coalesced());
        Totals sum = new Totals();
        report.tenants().values().forEach(sum::add);
        assertThat(all.requests()).isEqualTo(sum.requests());
        assertThat(all.inputTokens()).isEqualTo(sum.inputTokens());
        assertThat(all.costUsd()).isEqualTo(sum.costUsd());
        assertThat(all.costPicoUsd())
                .isEqualTo(
                        all.inputTokens()
                                .add(all.outputTokens().multiply(BigInteger.TWO))
                                .multiply(BigInteger.valueOf(1_000_000)));
    }

    /** R11, A1: whoever reads the logs, in however many parts, decides as the simulation did. */
    @Property
    void r11A1TheSameLogsGiveTheSameDecisionsToTheBit(
            @ForAll("rules") NaiveTenant.Rules rules,
            @ForAll("traces") List<TraceLine.Builder> trace)
            throws Exception {
        Logs logs = new Logs();
        run(simulation(rules, logs), lines(trace));
        for (int parts : new int[] {1, 2, 8}) {
            List<String> replayed = new ArrayList<>();
            for (int part = 0; part < parts; part++) {
                replayed.addAll(replay(logs.entries, parts, part));
            }
            assertThat(replayed.stream().sorted().toList())
                    .isEqualTo(
                            logs.entries.stream()
                                    .filter(e -> e.request != null)
                                    .map(e -> spelled(e.request, e.decision))
                                    .sorted()
                                    .toList());
        }
    }

    /** R9: a tenant's decisions are the same without the other tenant's lines. */
    @Property
    void r9OtherTenantsChangeNothing(
            @ForAll("rules") NaiveTenant.Rules rules,
            @ForAll("traces") List<TraceLine.Builder> trace)
            throws Exception {
        List<TraceLine> lines = lines(trace);
        SimulationReport together = run(simulation(rules, LogListener.NONE), lines);
        SimulationReport alone =
                run(
                        simulation(rules, LogListener.NONE),
                        lines.stream().filter(line -> line.tenantId().equals("acme")).toList());
        Totals seen = together.tenants().getOrDefault("acme", new Totals());
        assertThat(alone.overall().rejected()).isEqualTo(seen.rejected());
        assertThat(alone.overall().admitted()).isEqualTo(seen.admitted());
        assertThat(alone.overall().costUsd()).isEqualTo(seen.costUsd());
    }

    /** Reads one part's logs straight into an engine. */
    private static List<String> replay(List<Entry> entries, int parts, int part) {
        Engine engine = new Engine();
        Map<String, MemoryTenantState> states = new TreeMap<>();
        List<String> decisions = new ArrayList<>();
        for (Entry entry : entries) {
            if (Math.floorMod(entry.tenantId().hashCode(), parts) != part) {
                continue;
            }
            MemoryTenantState state =
                    states.computeIfAbsent(entry.tenantId(), id -> new MemoryTenantState());
            Bookkeeping effects = new Bookkeeping();
            if (entry.request == null) {
                engine.onOutcome(state, entry.outcome, entry.outcome.finishedAtMillis(), effects);
            } else {
                engine.onRequest(state, entry.request, entry.request.receivedAtMillis(), effects);
                decisions.add(spelled(entry.request, effects.takeDecision()));
            }
        }
        return decisions;
    }

    private static String spelled(RequestFacts facts, Decision decision) {
        return facts.requestId() + ' ' + decision;
    }

    private static Simulation simulation(NaiveTenant.Rules rules, LogListener listener) {
        String yaml = "default_tier: test\ntiers:\n  test: " + rules.yaml() + "\n";
        return new Simulation(PolicyDocument.read(yaml, Trace.PRICES), Trace.PRICES, listener);
    }

    private static SimulationReport run(Simulation simulation, List<TraceLine> lines)
            throws BadTraceLineException {
        long number = 0;
        for (TraceLine line : lines) {
            simulation.add(line, ++number);
        }
        return simulation.finish();
    }

    /** The generated times are steps from line to line, whatever the tenant. */
    private static List<TraceLine> lines(List<TraceLine.Builder> steps) {
        List<TraceLine> lines = new ArrayList<>();
        long now = Trace.NOON;
        for (TraceLine.Builder step : steps) {
            now = Math.max(0, now + step.build().atMillis());
            long at = now;
            lines.add(copy(step.build()).atMillis(at).build());
        }
        return lines;
    }

    private static TraceLine.Builder copy(TraceLine line) {
        return TraceLine.builder()
                .tenantId(line.tenantId())
                .model(line.model())
                .inputTokens(line.inputTokens())
                .outputTokens(line.outputTokens())
                .maxTokens(line.maxTokens())
                .latencyMillis(line.latencyMillis())
                .promptHash(line.promptHash())
                .priority(line.priority());
    }
}
