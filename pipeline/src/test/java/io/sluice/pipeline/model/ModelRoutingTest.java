package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.MODEL;
import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.Requests.admitted;
import static io.sluice.pipeline.model.Requests.routed;
import static io.sluice.pipeline.model.RoutedWorld.CHEAP;
import static io.sluice.pipeline.model.RoutedWorld.EAST;
import static io.sluice.pipeline.model.RoutedWorld.LITE;
import static io.sluice.pipeline.model.RoutedWorld.ROUTE;
import static io.sluice.pipeline.model.RoutedWorld.STALE;
import static io.sluice.pipeline.model.RoutedWorld.WEST;
import static io.sluice.pipeline.model.RoutedWorld.complete;
import static io.sluice.pipeline.model.RoutedWorld.degrading;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.pipeline.enforce.AdmittedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The way of a call over its targets, with a fake client and clock. */
class ModelRoutingTest {
    private final RoutedWorld world = new RoutedWorld();

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
    void expiredCredentialsAreTriedAgainOnceTheyMayBeRenewed() {
        world.model.failuresToCome.add(ModelFailure.UNAUTHENTICATED);

        assertThat(world.end("r1", null, null).status()).isEqualTo(ResultStatus.SUCCEEDED);
        assertThat(world.places()).containsExactly(EAST, EAST);
    }

    @Test
    void spentBudgetEndsRetriesAfterErrorsButNotAfterThrottling() {
        RoutedWorld patient = new RoutedWorld(1_000);
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
                        new RoutedWorld.NoCompletion(),
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
}
