package io.sluice.pipeline.model;

import io.sluice.contract.Names;
import io.sluice.contract.ResultItem;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings invocations to their ends. The one that comes first stands; its result is stored, and what
 * comes after that has no effect. Thread-safe, never blocks.
 */
final class InvocationEnds {
    private final ModelCaller caller;
    private final FinalResults results;
    private final ResultWriter writer;
    private final WithdrawableCalls withdrawable;
    private final InvokerClock clock;
    private final InvokeMetrics metrics;

    InvocationEnds(
            ModelCaller caller,
            FinalResults results,
            ResultWriter writer,
            WithdrawableCalls withdrawable,
            InvokerClock clock,
            InvokeMetrics metrics) {
        this.caller = caller;
        this.results = results;
        this.writer = writer;
        this.withdrawable = withdrawable;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Hears of the result that stands already, see {@link ResultWriter#standing}. */
    void standing(Invocation invocation, Consumer<@Nullable ResultItem> then) {
        writer.standing(invocation, standing -> invocation.orBroken(() -> then.accept(standing)));
    }

    /** The call came to that result. Afterwards comes once an end of the request is stored. */
    void called(Invocation invocation, ResultItem item, Runnable afterwards) {
        if (invocation.conclude()) {
            writer.write(invocation, item, afterwards);
        } else {
            afterwards.run();
        }
    }

    /** It was withdrawn before its call started. Afterwards comes once the result is stored. */
    void cancel(Invocation invocation, Runnable afterwards) {
        withdrawable.remove(invocation);
        if (invocation.conclude()) {
            metrics.withdrawn();
            endUncalled(invocation, now -> results.cancelled(invocation, now), afterwards);
        } else {
            afterwards.run();
        }
    }

    /** Its lane had no room for it. */
    void shed(Invocation invocation) {
        metrics.lane(invocation.terms().lane()).shed();
        fail(invocation, Names.LANE_FULL);
    }

    /** Its deadline passed while it waited. */
    void passDeadline(Invocation invocation) {
        metrics.lane(invocation.terms().lane()).deadlinePassed();
        fail(invocation, Names.DEADLINE);
    }

    /**
     * It took too long, wherever it is; nothing if its result is being stored already. An attempt
     * that is under way ends it instead, as its last, so that the result says what that came to.
     */
    void giveUp(Invocation invocation) {
        if (invocation.startedAtMillis() == 0) {
            fail(invocation, Names.DEADLINE);
        } else if (!invocation.giveUp()) {
            fail(invocation, Names.MODEL_ERROR);
        }
    }

    private void fail(Invocation invocation, String reason) {
        withdrawable.remove(invocation);
        if (invocation.conclude()) {
            endUncalled(invocation, now -> results.failed(invocation, reason, now), () -> {});
        }
    }

    /**
     * Ends a request that this run makes no call for any more: by the answer that an earlier run
     * paid for, if there is one.
     */
    private void endUncalled(
            Invocation invocation, LongFunction<ResultItem> otherwise, Runnable afterwards) {
        if (!caller.mayBeKnown(invocation)) {
            writer.write(invocation, otherwise.apply(clock.millis()), afterwards);
            return;
        }
        caller.recall(
                invocation,
                answered ->
                        writer.write(
                                invocation,
                                answered == null
                                        ? otherwise.apply(clock.millis())
                                        : results.succeeded(invocation, answered),
                                afterwards));
    }
}
