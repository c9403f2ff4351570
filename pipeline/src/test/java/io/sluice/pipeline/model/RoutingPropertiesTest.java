package io.sluice.pipeline.model;

import static io.sluice.pipeline.model.Requests.NOW;
import static io.sluice.pipeline.model.RoutedWorld.CHEAP;
import static io.sluice.pipeline.model.RoutedWorld.ROUTE;
import static io.sluice.pipeline.model.RoutedWorld.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.ResultItem;
import io.sluice.contract.Route;
import io.sluice.contract.Target;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** E2, E3 and E4 over random fates of targets. */
class RoutingPropertiesTest {
    @Property
    void e2E3E4EveryCallEndsOnceNoPermitIsLostAndRetriesStayWithinTheBudget(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 9_999) Integer> steps) {
        RoutedWorld own = new RoutedWorld();
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
    private static boolean settle(RoutedWorld own, int fate) {
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
