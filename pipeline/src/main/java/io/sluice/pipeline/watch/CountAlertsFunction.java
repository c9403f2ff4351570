package io.sluice.pipeline.watch;

import io.sluice.contract.Alert;
import io.sluice.contract.Metric;
import io.sluice.pipeline.enforce.SideOutputs;
import io.sluice.sinks.cloudwatch.MetricSample;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes a metric of each alert, so that CloudWatch's alarms see what webhooks tell.
 *
 * <p><b>Key and time</b>: none.
 *
 * <p><b>State</b>: none.
 *
 * <p><b>Emits</b>: each alert, and its samples by {@link SideOutputs#METRICS}.
 *
 * <p><b>On replay</b>: the same; samples add up again.
 */
public final class CountAlertsFunction extends ProcessFunction<Alert, Alert> {
    private static final long serialVersionUID = 1;

    @Override
    public void processElement(Alert alert, Context context, Collector<Alert> out) {
        String kind = alert.kind().wireName();
        context.output(
                SideOutputs.METRICS, MetricSample.of(Metric.ALERTS, alert.atMillis(), 1, kind));
        String tenantId = alert.tenantId();
        if (tenantId != null) {
            context.output(
                    SideOutputs.METRICS,
                    MetricSample.of(Metric.TENANT_ALERTS, alert.atMillis(), 1, kind, tenantId));
        }
        out.collect(alert);
    }
}
