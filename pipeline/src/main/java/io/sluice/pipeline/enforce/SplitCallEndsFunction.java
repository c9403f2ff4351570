package io.sluice.pipeline.enforce;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.Metric;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.alert.CircuitOpened;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Parts what the invoker tells back: outcomes go on, letters leave by {@link
 * SideOutputs#DEAD_LETTERS}, results without their answers by {@link SideOutputs#CALL_RESULTS},
 * circuits that opened by {@link SideOutputs#ALERTS} and {@link SideOutputs#METRICS}.
 *
 * <p><b>Key and time</b>: none.
 *
 * <p><b>State</b>: none.
 *
 * <p><b>Emits</b>: one outcome per end, and at most one letter and one result.
 *
 * <p><b>On replay</b>: the same; letters may repeat and have the same name then.
 */
public final class SplitCallEndsFunction extends ProcessFunction<CallEnd, OutcomeEvent> {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("NullAway.Init")
    private transient Counter letters;

    @Override
    public void open(OpenContext context) {
        letters = getRuntimeContext().getMetricGroup().counter("deadLetters");
    }

    @Override
    public void processElement(CallEnd end, Context context, Collector<OutcomeEvent> out) {
        DeadLetter letter = end.letter();
        if (letter != null) {
            letters.inc();
            context.output(SideOutputs.DEAD_LETTERS, letter);
        }
        ResultItem result = end.result();
        if (result != null) {
            context.output(SideOutputs.CALL_RESULTS, result);
        }
        for (CircuitOpened opened : end.opened()) {
            context.output(
                    SideOutputs.METRICS,
                    MetricSample.of(Metric.CIRCUITS_OPENED, opened.atMillis(), 1, opened.place()));
            context.output(SideOutputs.ALERTS, opened.alert());
        }
        out.collect(end.outcome());
    }
}
