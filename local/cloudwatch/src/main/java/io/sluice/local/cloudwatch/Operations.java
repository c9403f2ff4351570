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

    Operations(MetricStore store, MetricFiles files, Clock clock, Duration retention) {
        this.store = store;
        this.files = files;
        this.queries = new Queries(store);
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
