package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.model.schedule.CallScheduler;
import io.sluice.pipeline.model.schedule.LaneBounds;
import io.sluice.pipeline.model.schedule.TargetSettings;
import io.sluice.sinks.aws.Backoff;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/**
 * An invoker of four interactive and two bulk places, with three more calls waiting in each lane,
 * at most four attempts of a request and two puts at once. Time, model and stores are the test's.
 */
abstract class InvokerFixture {
    /** Of what {@link ScriptedModelClient#reply} used: 1,000 tokens of input, 100 of output. */
    static final long COST = 49_000_000;

    /** 10 estimated input tokens and 100 that the request may be answered with. */
    static final long ESTIMATE = 350_000 + 14_000_000;

    final ManualClock clock = new ManualClock(NOW);
    final ScriptedModelClient model = new ScriptedModelClient();
    final ScriptedResultStore store = new ScriptedResultStore();
    final ScriptedAttemptStore attempts = new ScriptedAttemptStore();
    final CallScheduler<Invocation> scheduler = scheduler(TargetSettings.WIDE);
    final ModelInvoker invoker = invoker(scheduler, "run-1");
    final Ends ends = new Ends();

    static CallScheduler<Invocation> scheduler(TargetSettings targets) {
        return new CallScheduler<>(
                new LaneBounds(4, 1 << 20, 3, 1 << 20),
                new LaneBounds(2, 1 << 20, 3, 1 << 20),
                5_000,
                targets.capacitiesOf(0, 1));
    }

    /** Another run on the same stores. */
    ModelInvoker run(String name) {
        return invoker(scheduler(TargetSettings.WIDE), name);
    }

    ModelInvoker invoker(CallScheduler<Invocation> ofCalls, String run) {
        InvokeMetrics metrics =
                new InvokeMetrics(new UnregisteredMetricsGroup(), ofCalls, clock::millis);
        Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
        AttemptLedger ledger = Ledgers.of(attempts, run, clock, backoff, metrics);
        return new ModelInvoker(
                Callers.of(model, ledger, Callers.breakers(), 4, clock, backoff, metrics),
                new FinalResults(PriceBookJson.shipped()),
                ofCalls,
                new ResultWriter(store, clock, backoff, metrics),
                clock,
                metrics,
                false);
    }

    OutcomeFacts endOf(AdmittedRequest request) {
        invoker.submit(request, ends);
        return ends.only();
    }

    /** The stored result of {@code r1}, which is taken on. */
    ResultItem resultOf(AdmittedRequest request) {
        invoker.submit(request, ends);
        return store.items.get("r1");
    }

    /** What the ledger has of {@code r1}. */
    List<AttemptItem> rows() {
        return attempts.attemptsOf("acme", "r1");
    }

    /** {@code r1}, under a policy that says so. */
    static AdmittedRequest with(AmbiguousAction action) {
        return facts(
                admitted("acme", "r1"),
                facts ->
                        facts.toBuilder()
                                .policy(facts.policy().toBuilder().ambiguous(action).build())
                                .build());
    }

    static AdmittedRequest facts(AdmittedRequest request, UnaryOperator<RequestFacts> change) {
        return new AdmittedRequest(
                request.request().toBuilder()
                        .facts(change.apply(request.request().facts()))
                        .build(),
                request.decision());
    }

    /** Collects ends. */
    static final class Ends implements Invocation.Completion {
        final List<OutcomeEvent> done = new ArrayList<>();

        /** One for each end; null where there is none. */
        final List<DeadLetter> letters = new ArrayList<>();

        final List<Throwable> failures = new ArrayList<>();

        @Override
        public void done(CallEnd end) {
            done.add(end.outcome());
            letters.add(end.letter());
        }

        @Override
        public void failed(Throwable failure) {
            failures.add(failure);
        }

        OutcomeFacts only() {
            assertThat(failures).isEmpty();
            assertThat(done).hasSize(1);
            return done.get(0).facts();
        }
    }
}
