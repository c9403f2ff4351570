package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The operations over one store and its files. Used by one thread. */
final class Operations {

    private static final long MINUTES_PER_DAY = 1440;

    private final MetricStore store;
    private final MetricFiles files;
    private final Queries queries;
    private final Clock clock;
    private final Duration retention;
    private final Dashboards dashboards;
    private final Alarms alarms;

    Operations(
            MetricStore store,
            MetricFiles files,
            Dashboards dashboards,
            Alarms alarms,
            Clock clock,
            Duration retention) {
        this.store = store;
        this.files = files;
        this.queries = new Queries(store);
        this.dashboards = dashboards;
        this.alarms = alarms;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * Runs one operation.
     *
     * @throws CloudWatchException with the service's error
     */
    ObjectNode run(String operation, Input request) throws IOException {
        long nowMinute = Math.floorDiv(clock.millis(), 60_000L);
        return switch (operation) {
            case "PutMetricData" -> put(request, nowMinute);
            case "GetMetricData" -> queries.getMetricData(request);
            case "GetMetricStatistics" -> queries.getMetricStatistics(request);
            case "ListMetrics" -> queries.listMetrics(request, nowMinute);
            case "PutDashboard" -> dashboards.put(request, clock.millis());
            case "GetDashboard" -> dashboards.get(request);
            case "ListDashboards" -> dashboards.list(request);
            case "DeleteDashboards" -> dashboards.delete(request);
            case "PutMetricAlarm" -> alarms.put(AlarmForm.metric(request), clock.millis());
            case "PutCompositeAlarm" -> alarms.put(AlarmForm.composite(request), clock.millis());
            case "DescribeAlarms" -> alarms.describe(request, clock.millis());
            case "DeleteAlarms" -> alarms.delete(request);
            default -> throw CloudWatchException.unknownOperation(operation);
        };
    }

    private ObjectNode put(Input request, long nowMinute) throws IOException {
        List<Sample> samples = PutMetricData.read(request, clock.millis());
        if (files.append(samples, Math.floorDiv(nowMinute, MINUTES_PER_DAY))) {
            store.dropBefore(nowMinute - retention.toMinutes());
        }
        samples.forEach(store::add);
        return JsonNodeFactory.instance.objectNode();
    }
}
