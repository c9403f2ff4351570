package io.sluice.local.command.cloudwatch;

import io.sluice.contract.AlertKind;
import io.sluice.contract.Metric;
import io.sluice.pipeline.alert.AlertRules;
import io.sluice.pipeline.alert.SloObjective;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.PutCompositeAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * The alarms over the metrics of {@link Metric}: one for each kind of alert, one for the lag, and
 * for each tier's objectives one for each window of the burn rate and one over both. Pure.
 */
public final class FleetAlarms {
    private static final String PREFIX = "sluice-";
    private static final int MINUTE = 60;
    private static final int FIVE_MINUTES = 300;
    private static final int HOUR = 3600;

    private final String namespace;
    private final List<String> actions;
    private final AlertRules rules;
    private final List<PutMetricAlarmRequest> metrics = new ArrayList<>();
    private final List<PutCompositeAlarmRequest> composites = new ArrayList<>();

    /**
     * @param namespace of the metrics
     * @param tiers whose objectives are watched
     * @param stream the stream of events
     * @param actions ARNs of whom to call, such as SNS topics
     * @param rules where the lines are
     */
    public FleetAlarms(
            String namespace,
            List<String> tiers,
            String stream,
            List<String> actions,
            AlertRules rules) {
        this.namespace = namespace;
        this.actions = List.copyOf(actions);
        this.rules = rules;
        for (AlertKind kind : AlertKind.values()) {
            alert(kind);
        }
        lag(stream);
        for (String tier : tiers) {
            SloObjective objective = rules.objective(tier);
            burn("availability", tier, Metric.FAILED_SHARE, objective.failuresPpm());
            burn("latency", tier, Metric.SLOW_SHARE, objective.slowPpm());
        }
    }

    /** Alarms of one metric each. */
    public List<PutMetricAlarmRequest> metrics() {
        return List.copyOf(metrics);
    }

    /** Alarms over other alarms; these are to be put after those. */
    public List<PutCompositeAlarmRequest> composites() {
        return List.copyOf(composites);
    }

    private void alert(AlertKind kind) {
        metrics.add(
                of(Metric.ALERTS, kind.wireName())
                        .alarmName(PREFIX + "alert-" + kind.wireName())
                        .alarmDescription("The job raised an alert of kind " + kind.wireName())
                        .statistic(Statistic.SUM)
                        .period(MINUTE)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .alarmActions(actions)
                        .build());
    }

    private void lag(String stream) {
        metrics.add(
                of(Metric.STREAM_LAG, stream)
                        .alarmName(PREFIX + "stream-lag")
                        .alarmDescription("Records of " + stream + " wait for the job")
                        .statistic(Statistic.MAXIMUM)
                        .period(MINUTE)
                        .evaluationPeriods(5)
                        .datapointsToAlarm(3)
                        .threshold((double) rules.lagMillis())
                        .alarmActions(actions)
                        .build());
    }

    private void burn(String objective, String tier, Metric share, int allowedPpm) {
        String name = PREFIX + objective + "-burn-" + tier;
        double line =
                Math.min(1.0, (double) rules.burnTenths() * allowedPpm / 10 / SloObjective.ALL_PPM);
        window(name + "-5m", share, tier, FIVE_MINUTES, line);
        window(name + "-1h", share, tier, HOUR, line);
        composites.add(
                PutCompositeAlarmRequest.builder()
                        .alarmName(name)
                        .alarmDescription(
                                "The error budget of "
                                        + objective
                                        + " burns too fast in tier "
                                        + tier)
                        .alarmRule("ALARM(\"" + name + "-5m\") AND ALARM(\"" + name + "-1h\")")
                        .actionsEnabled(true)
                        .alarmActions(actions)
                        .build());
    }

    private void window(String name, Metric share, String tier, int seconds, double line) {
        metrics.add(
                of(share, tier)
                        .alarmName(name)
                        .alarmDescription("One window of a burn rate; see the alarm over both")
                        .statistic(Statistic.AVERAGE)
                        .period(seconds)
                        .evaluationPeriods(1)
                        .threshold(line)
                        .build());
    }

    private PutMetricAlarmRequest.Builder of(Metric metric, String value) {
        return PutMetricAlarmRequest.builder()
                .namespace(namespace)
                .metricName(metric.wireName())
                .dimensions(
                        Dimension.builder().name(metric.dimensions().get(0)).value(value).build())
                .actionsEnabled(true)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData("notBreaching");
    }
}
