package io.sluice.pipeline.enforce;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.ResultItem;
import io.sluice.contract.UsageItem;
import io.sluice.pipeline.codec.Types;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.util.OutputTag;

/** Every way out of the job's operators but the main one. */
public final class SideOutputs {
    /** Records that are no events. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", Types.DEAD_LETTER);

    /** Final results of requests that needed no call of their own: rejected, served, coalesced. */
    public static final OutputTag<ResultItem> DECIDED_RESULTS =
            new OutputTag<>("decided-results", Types.RESULT_ITEM);

    /** Usage rows that moved. */
    public static final OutputTag<UsageItem> USAGE = new OutputTag<>("usage", Types.USAGE_ITEM);

    /** What operators and tenants watch. */
    public static final OutputTag<MetricSample> METRICS =
            new OutputTag<>("metrics", Types.METRIC_SAMPLE);

    private SideOutputs() {}
}
