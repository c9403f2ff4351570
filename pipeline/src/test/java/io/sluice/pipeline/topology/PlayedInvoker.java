package io.sluice.pipeline.topology;

import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.Exit;
import java.util.List;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/** Writes every order down and calls nothing. */
final class PlayedInvoker extends RichAsyncFunction<CallOrder, CallEnd> {
    private static final long serialVersionUID = 1;

    private final String name;
    private final int earlierRuns;

    PlayedInvoker(String name, int earlierRuns) {
        this.name = name;
        this.earlierRuns = earlierRuns;
    }

    @Override
    public void asyncInvoke(CallOrder order, ResultFuture<CallEnd> future) {
        int run = earlierRuns + getRuntimeContext().getTaskInfo().getAttemptNumber();
        PlayedLog.of(name).gaveOut(run, Exit.CALLS, order.tenantId(), Exit.spelled(order));
        future.complete(List.of());
    }
}
