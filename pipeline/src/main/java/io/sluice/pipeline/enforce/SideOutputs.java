package io.sluice.pipeline.enforce;

import io.sluice.contract.Alert;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.DeadLetter;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.ResultItem;
import io.sluice.contract.SessionItem;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.pipeline.alert.Observation;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.util.OutputTag;

/** Every way out of the job's operators but the main one. */
public final class SideOutputs {
    /** What could not be processed: records that are no events, requests whose calls failed. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", Types.DEAD_LETTER);

    /** Final results of requests that needed no call of their own: rejected, served, coalesced. */
    public static final OutputTag<ResultItem> DECIDED_RESULTS =
            new OutputTag<>("decided-results", Types.RESULT_ITEM);

    /** Final results of calls, without their answers. */
    public static final OutputTag<ResultItem> CALL_RESULTS =
            new OutputTag<>("call-results", Types.RESULT_ITEM);

    /** Moves of usage. */
    public static final OutputTag<UsageChange> USAGE_CHANGES =
            new OutputTag<>("usage-changes", Types.USAGE_CHANGE);

    /** Copies of conversations that changed, for readers. */
    public static final OutputTag<SessionItem> SESSIONS =
            new OutputTag<>("sessions", Types.SESSION_ITEM);

    /** Commands that take their place in a tenant's log. */
    public static final OutputTag<CommandEvent> COMMANDS =
            new OutputTag<>("commands", Types.COMMAND_EVENT);

    /** What operators and tenants watch. */
    public static final OutputTag<MetricSample> METRICS =
            new OutputTag<>("metrics", Types.METRIC_SAMPLE);

    /** What each event came to, for those who watch. */
    public static final OutputTag<Observation> OBSERVATIONS =
            new OutputTag<>("observations", Types.OBSERVATION);

    /** The record of each transition of the engine. */
    public static final OutputTag<AuditRecord> AUDIT = new OutputTag<>("audit", Types.AUDIT_RECORD);

    /** Policies that tenants were decided by for the first time. */
    public static final OutputTag<EffectivePolicy> POLICIES =
            new OutputTag<>("policies", Types.POLICY);

    /** What crossed a line outside any tenant's log. */
    public static final OutputTag<Alert> ALERTS = new OutputTag<>("alerts", Types.ALERT);

    private SideOutputs() {}
}
