package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Candidate;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import io.sluice.contract.Usage;
import io.sluice.contract.json.AnswerPayload;
import io.sluice.contract.json.PriceBookJson;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.sinks.aws.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The way of a call over its targets, with a fake client and clock. */
class ModelRoutingTest {
    private static final String EAST = "us-east-1/" + MODEL;
    private static final String WEST = "us-west-2/" + MODEL;
    private static final String LITE = "amazon.nova-lite-v1:0";
    private static final String CHEAP = "amazon.nova-pro-v1:0";
    private static final String STALE = AnswerPayload.ofText("as of yesterday", "end_turn");
    private static final Route ROUTE =
            new Route(
                    List.of(
                            candidate(Target.of(MODEL), 0),
                            candidate(Target.of(MODEL, "us-west-2", ServiceTier.DEFAULT), 1),
                            candidate(Target.of(LITE, "us-west-2", ServiceTier.FLEX), 2)),
                    0,
                    null);

    private final World world = new World();

    private static Candidate candidate(Target target, int rank) {
        return new Candidate(target, rank, 1, TargetQuota.ofModel(target.model()));
    }

    private static Route degrading(@Nullable String cheaper) {
        return new Route(
                List.of(candidate(Target.of(MODEL), 0)),
                86_400_000,
                cheaper == null ? null : candidate(Target.of(cheaper), 0));
    }

    /** A caller whose circuits open after so many failures. */
    private static final class World {
        World() {
            this(2);
        }

        World(int failuresToOpen) {
            breakers = breakers(failuresToOpen);
            caller = caller();
        }

        private static Breakers breakers(int failuresToOpen) {
            return new Breakers(
                    new BreakerSettings(
                            failuresToOpen,
                            2 * failuresToOpen,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(60),
                            1),
                    1,
                    (place, circuit) -> {});
        }

        final ManualClock clock = new ManualClock(NOW);
        final ScriptedModelClient model = new ScriptedModelClient();
        final ScriptedAttemptStore attempts = new ScriptedAttemptStore();
        final List<ResultItem> ended = new ArrayList<>();
        final FinalResults results = new FinalResults(PriceBookJson.shipped());
        private Breakers breakers;
        private ModelCaller caller;
        private int runs;

        private ModelCaller caller() {
            CallScheduler<Invocation> none =
                    new CallScheduler<>(
                            new LaneBounds(1, 1, 1, 1),
                            new LaneBounds(1, 1, 1, 1),
                            1,
                            TargetSettings.WIDE.capacitiesOf(0, 1));
            InvokeMetrics metrics =
                    new InvokeMetrics(new UnregisteredMetricsGroup(), none, clock::millis);
            Backoff backoff = new Backoff(100, 1_000, bound -> bound - 1);
            return new ModelCaller(
                    model,
                    Ledgers.of(attempts, "run-" + ++runs, clock, backoff, metrics),
                    results,
                    clock,
                    backoff,
                    new Router(breakers, "us-east-1"),
                    new RetryBudget(),
                    4,
                    metrics);
        }

        Invocation call(String id, @Nullable Route route, @Nullable String stale) {
            return call(id, route, stale, NOW + 600_000);
        }

        Invocation call(
                String id, @Nullable Route route, @Nullable String stale, long deadlineAtMillis) {
            AdmittedRequest request =
                    routed(admitted("acme", id, MODEL, deadlineAtMillis, 9), route, stale);
            Invocation invocation =
                    new Invocation(
                            request,
                            caller.firstPlaces(request),
                            new NoCompletion(),
                            clock.millis());
            invocation.startedAt(clock.millis());
            caller.call(invocation, new OpenPlace(clock, breakers, invocation), ended::add);
            return invocation;
        }

        /** The job starts anew: with the same ledger, and circuits that know nothing. */
        void restart() {
            breakers = breakers(2);
            caller = caller();
        }

        ResultItem end(String id, @Nullable Route route, @Nullable String stale) {
            call(id, route, stale);
            clock.advanceBy(60_000);
            return last();
        }

        ResultItem last() {
            return ended.get(ended.size() - 1);
        }

        List<String> places() {
            return model.calls.stream().map(call -> call.target().placeKey()).toList();
        }

        void open(String place, String targetModel, @Nullable String region) {
            Circuit circuit =
                    breakers.circuitOf(
                            Target.of(targetModel, region, ServiceTier.DEFAULT).orIn("us-east-1"));
            for (int i = 0; i < 2; i++) {
                Objects.requireNonNull(circuit.tryAcquire(clock.millis()))
                        .failed(ModelFailure.TIMEOUT, clock.millis());
            }
            assertThat(circuit.state()).as(place).isEqualTo(Circuit.OPEN);
        }
    }

    private static final class NoCompletion implements Invocation.Completion {
        @Override
        public void done(CallEnd end) {}

        @Override
        public void failed(Throwable failure) {}
    }

    @Test
    void requestWithoutARouteIsCalledInTheJobsOwnRegion() {
        ResultItem item = world.end("r1", null, null);

        assertThat(world.places()).containsExactly(EAST);
        assertThat(item.region()).isEqualTo("us-east-1");
        assertThat(item.serviceTier()).isEqualTo(ServiceTier.DEFAULT);
    }

    @Test
    void failedAttemptGoesOnAtOnceToTheNextTargetWhichIsRecordedAndPriced() {
        world.model.failing.put(EAST, ModelFailure.UNAVAILABLE);
        world.model.failing.put(WEST, ModelFailure.THROTTLED);

        world.call("r1", ROUTE, null);

        assertThat(world.places()).containsExactly(EAST, WEST, "us-west-2/" + LITE);
        ResultItem item = world.last();
        assertThat(item.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(item.model()).isEqualTo(LITE);
        assertThat(item.region()).isEqualTo("us-west-2");
        assertThat(item.serviceTier()).isEqualTo(ServiceTier.FLEX);
        assertThat(item.attempt()).isEqualTo(3);
        // 1,000 x 0.06 + 100 x 0.24 millionths of a dollar, half of that in the flex tier
        assertThat(item.costPicoUsd()).isEqualTo(30_000_000L + 12_000_000L);
    }

    @Test
    void answerOfAnotherModelIsNotKeptForWhoAsksThisOne() {
        ResultItem own = world.end("r1", ROUTE, null);
        world.model.failing.put(EAST, ModelFailure.UNAVAILABLE);
        world.model.failing.put(WEST, ModelFailure.UNAVAILABLE);
        ResultItem others = world.end("r2", ROUTE, null);

        assertThat(complete(own)).isTrue();
        assertThat(others.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(complete(others)).isFalse();
        assertThat(complete(own.toBuilder().model("us." + MODEL).build()))
                .as("the same model through a profile")
                .isTrue();
    }

    private static boolean complete(ResultItem item) {
        return FinalResults.outcome(admitted("acme", item.requestId()), item).facts().complete();
    }

    @Test
    void openCircuitIsPassedOverWithoutAnAttempt() {
        world.open(EAST, MODEL, null);

        ResultItem item = world.end("r1", ROUTE, null);

        assertThat(world.places()).containsExactly(WEST);
        assertThat(item.attempt()).isEqualTo(1);
    }

    @Test
    void manyErrorsOpenTheCircuitAndThrottlingDoesNot() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);
        world.end("r1", null, null);
        assertThat(world.places()).hasSize(4);
        assertThat(world.breakers.circuitOf(world.model.calls.get(0).target()).state())
                .isEqualTo(Circuit.CLOSED);

        world.model.failing.put(EAST, ModelFailure.TRANSIENT);
        world.call("r2", null, null);
        world.clock.advanceBy(1_000);
        assertThat(world.places()).as("opened by the second").hasSize(6);
        assertThat(world.last().decision().reason()).isEqualTo("unavailable");
    }

    @Test
    void nothingLeftIsAnOutcomeThatSaysWhenToTryAgain() {
        world.open(EAST, MODEL, null);
        world.clock.advanceBy(2_000);

        world.call("r1", null, null);

        ResultItem item = world.last();
        assertThat(item.status()).isEqualTo(ResultStatus.FAILED);
        assertThat(item.decision().reason()).isEqualTo("unavailable");
        assertThat(item.attempt()).isZero();
        // The decision was taken 5 ms before the test's time: 2,005 ms ago, and 3,000 ms are left.
        assertThat(item.decision().retryAfterMillis()).isEqualTo(2_005 + 3_000);
        assertThat(item.costPicoUsd()).isZero();
        assertThat(world.model.calls).isEmpty();
    }

    @Test
    void whileAProbeIsUnderWayOthersAreToldToComeBackAfterAPause() {
        world.open(EAST, MODEL, null);
        world.clock.advanceBy(10_000);
        world.model.stalling = true;
        world.call("probe", null, null);

        world.call("r1", null, null);

        assertThat(world.last().decision().reason()).isEqualTo("unavailable");
        // The decision was taken 10,005 ms ago.
        assertThat(world.last().decision().retryAfterMillis()).isEqualTo(10_005 + 5_000);
    }

    @Test
    void keptAnswerIsServedBeforeTheCheaperModelMarkedAndForNothing() {
        world.open(EAST, MODEL, null);

        ResultItem item = world.end("r1", degrading(CHEAP), STALE);

        assertThat(item.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(item.stale()).isTrue();
        assertThat(item.output()).isEqualTo(STALE);
        assertThat(item.usage()).isEqualTo(Usage.NONE);
        assertThat(item.costPicoUsd()).isZero();
        assertThat(item.region()).isNull();
        assertThat(complete(item)).as("its age must not start again").isFalse();
        assertThat(world.model.calls).isEmpty();
    }

    @Test
    void withoutAKeptAnswerTheCheaperModelAnswers() {
        world.open(EAST, MODEL, null);

        ResultItem item = world.end("r1", degrading(CHEAP), null);

        assertThat(item.model()).isEqualTo(CHEAP);
        assertThat(item.stale()).isFalse();
        // 1,000 x 0.80 + 100 x 3.20 millionths of a dollar
        assertThat(item.costPicoUsd()).isEqualTo(800_000_000L + 320_000_000L);
    }

    @Test
    void attemptsThatAreUsedUpDegradeAsWell() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);

        assertThat(world.end("r1", degrading(CHEAP), null).model()).isEqualTo(CHEAP);
        assertThat(world.places()).hasSize(5);
        assertThat(world.end("r2", degrading(CHEAP), STALE).stale()).isTrue();
    }

    @Test
    void cheaperModelThatFailsIsTheEnd() {
        world.open(EAST, MODEL, null);
        world.model.failing.put("us-east-1/" + CHEAP, ModelFailure.THROTTLED);

        ResultItem item = world.end("r1", degrading(CHEAP), null);

        assertThat(item.decision().reason()).isEqualTo("model-error");
        assertThat(world.model.calls).hasSize(1);
    }

    @Test
    void promptThatIsRefusedGoesNowhereElse() {
        world.model.failing.put(EAST, ModelFailure.PERMANENT);

        ResultItem item = world.end("r1", degrading(CHEAP), STALE);

        assertThat(item.status()).isEqualTo(ResultStatus.FAILED);
        assertThat(world.places()).containsExactly(EAST);
    }

    /** A model that is not enabled in one region may be in another. */
    @Test
    void targetThatRefusesTheCallerIsLeftForTheOthersAndNeverAskedAgain() {
        world.model.failing.put(EAST, ModelFailure.REFUSED_HERE);
        world.model.failing.put(WEST, ModelFailure.THROTTLED);
        Route two = new Route(ROUTE.candidates().subList(0, 2), 0, null);

        ResultItem item = world.end("r1", two, null);

        assertThat(world.places()).containsExactly(EAST, WEST, WEST, WEST);
        assertThat(item.decision().reason()).isEqualTo("model-error");
    }

    @Test
    void requestThatEveryTargetRefusesTurnsToWhatThePolicyHasLeft() {
        world.model.failing.put(EAST, ModelFailure.REFUSED_HERE);

        assertThat(world.end("r1", degrading(CHEAP), STALE).stale()).isTrue();
        assertThat(world.end("r2", degrading(CHEAP), null).model()).isEqualTo(CHEAP);
        ResultItem last = world.end("r3", null, null);

        assertThat(last.decision().reason()).isEqualTo("model-error");
        assertThat(world.places()).containsExactly(EAST, EAST, "us-east-1/" + CHEAP, EAST);
        assertThat(world.breakers.circuitOf(world.model.calls.get(0).target()).state())
                .as("says nothing of its health")
                .isEqualTo(Circuit.CLOSED);
    }

    @Test
    void expiredCredentialsAreTriedAgainOnceTheyMayBeRenewed() {
        world.model.failuresToCome.add(ModelFailure.UNAUTHENTICATED);

        assertThat(world.end("r1", null, null).status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(world.places()).containsExactly(EAST, EAST);
    }

    @Test
    void spentBudgetEndsRetriesAfterErrorsButNotAfterThrottling() {
        World patient = new World(1_000);
        patient.model.failing.put(EAST, ModelFailure.TRANSIENT);
        Route two = new Route(ROUTE.candidates().subList(0, 2), 0, null);
        for (int i = 1; i <= 30; i++) {
            patient.call("r" + i, two, null);
        }
        long retries = patient.places().stream().filter(WEST::equals).count();
        assertThat(retries).isEqualTo(RetryBudget.FLOOR + 30 / RetryBudget.REQUESTS_PER_RETRY);
        assertThat(patient.ended)
                .filteredOn(item -> item.status() == ResultStatus.FAILED)
                .hasSize(30 - (int) retries)
                .allMatch(item -> "model-error".equals(item.decision().reason()));

        patient.model.failing.put(EAST, ModelFailure.THROTTLED);
        assertThat(patient.end("last", two, null).status()).isEqualTo(ResultStatus.SUCCEEDED);
    }

    @Test
    void deadlineBoundsTheWaiting() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);

        world.call("r1", null, null, NOW + 150);
        world.clock.advanceBy(60_000);

        assertThat(world.places()).as("at 0 and 100 ms").hasSize(2);
        assertThat(world.last().decision().reason()).isEqualTo("model-error");
    }

    @Test
    void answerOfAnEarlierRunIsUsedWhicheverTargetItCameFromAndIsChosenNow() {
        world.open(EAST, MODEL, null);
        ResultItem first = world.end("r1", ROUTE, null);
        assertThat(first.region()).isEqualTo("us-west-2");

        world.restart();
        ResultItem again = world.end("r1", ROUTE, null);

        assertThat(again).isEqualTo(first);
        assertThat(world.model.calls).hasSize(1);
    }

    @Test
    void nothingLeftIsNoEndForARequestThatAnEarlierRunGotAnAnswerTo() {
        ResultItem first = world.end("r1", null, null);

        world.restart();
        world.open(EAST, MODEL, null);
        ResultItem again = world.end("r1", null, STALE);

        assertThat(again).isEqualTo(first);
        assertThat(world.model.calls).hasSize(1);
    }

    @Test
    void lastResortOfAnEarlierRunIsNotTurnedToAgain() {
        world.model.failing.put(EAST, ModelFailure.THROTTLED);
        world.model.failing.put("us-east-1/" + CHEAP, ModelFailure.THROTTLED);
        ResultItem first = world.end("r1", degrading(CHEAP), null);
        assertThat(world.places()).hasSize(5);

        world.restart();
        ResultItem again = world.end("r1", degrading(CHEAP), null);

        assertThat(again.decision()).isEqualTo(first.decision());
        assertThat(again.attempt()).isEqualTo(5);
        assertThat(world.places()).hasSize(5);
    }

    @Test
    void probesPermitComesBackWhenTheAttemptWasMadeByAnEarlierRun() {
        world.end("r1", null, null);
        world.restart();
        world.open(EAST, MODEL, null);
        world.clock.advanceBy(10_000);

        world.end("r1", null, null);
        ResultItem other = world.end("r2", null, null);

        assertThat(other.status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(world.model.calls).hasSize(2);
    }

    @Test
    void policyThatForbidsToCallAgainForbidsItAfterALostAnswerAtEveryTarget() {
        world.model.failing.put(EAST, ModelFailure.LOST);
        Invocation invocation =
                new Invocation(
                        routed(failing(admitted("acme", "r1")), ROUTE, null),
                        List.of(EAST),
                        new NoCompletion(),
                        world.clock.millis());
        invocation.startedAt(world.clock.millis());
        world.caller.call(
                invocation,
                new OpenPlace(world.clock, world.breakers, invocation),
                world.ended::add);

        assertThat(world.places()).containsExactly(EAST);
        assertThat(world.last().status()).isEqualTo(ResultStatus.FAILED);
    }

    private static AdmittedRequest failing(AdmittedRequest request) {
        RequestFacts facts = request.request().facts();
        EffectivePolicy policy = facts.policy().toBuilder().ambiguous(AmbiguousAction.FAIL).build();
        return new AdmittedRequest(
                request.request().toBuilder()
                        .facts(facts.toBuilder().policy(policy).build())
                        .build(),
                request.decision());
    }

    /** E2, E3, E4 over random fates of targets. */
    @Property
    void e2E3E4EveryCallEndsOnceNoPermitIsLostAndRetriesStayWithinTheBudget(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 9_999) Integer> steps) {
        World own = new World();
        own.model.stalling = true;
        Route route = new Route(ROUTE.candidates(), 0, candidate(Target.of(CHEAP), 0));
        int requests = 0;
        int free = 0;
        for (int step : steps) {
            if (step % 3 == 0) {
                own.call("r" + requests++, route, null);
            } else if (step % 3 == 1) {
                free += settle(own, step / 3) ? 1 : 0;
            } else {
                own.clock.advanceBy(step / 3);
            }
        }
        while (own.ended.size() < requests) {
            if (own.model.stalled.isEmpty()) {
                own.clock.advanceBy(1_000);
            } else {
                free += settle(own, own.model.calls.size()) ? 1 : 0;
            }
        }
        long lastedMinutes = (own.clock.millis() - NOW) / 60_000;
        own.clock.advanceBy(600_000);
        assertThat(own.ended).extracting(ResultItem::requestId).hasSize(requests);
        assertThat(own.ended).extracting(ResultItem::requestId).doesNotHaveDuplicates();
        for (ModelCall call : own.model.calls) {
            assertThat(own.breakers.circuitOf(call.target()).probes()).isZero();
        }
        // Cut into minutes, a request may stand for retries of its own minute and of the next.
        assertThat((long) own.model.calls.size() - free)
                .isLessThanOrEqualTo(
                        requests + 2L * requests / 5 + RetryBudget.FLOOR * (lastedMinutes + 2));
    }

    /** Ends the oldest call under way; true if by what may be repeated without the budget. */
    private static boolean settle(World own, int fate) {
        CompletableFuture<ModelReply> oldest = own.model.stalled.poll();
        if (oldest == null) {
            return false;
        }
        ModelFailure[] failures = ModelFailure.values();
        int kind = fate % (failures.length + 2);
        if (kind >= failures.length) {
            oldest.complete(ScriptedModelClient.reply("fine"));
            return false;
        }
        oldest.completeExceptionally(ScriptedModelClient.failure(failures[kind]));
        // An interrupted one has no number of repeats, and is of no target either.
        return failures[kind] == ModelFailure.INTERRUPTED
                || (failures[kind].repeatable() && !failures[kind].targetsFault());
    }
}
