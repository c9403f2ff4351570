package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;

/**
 * One page of the points of all queries of a GetMetricData request, in the order of the queries.
 */
final class Page {

    private final long start;
    private final long end;
    private long seen;

    Page(long start, long most) {
        this.start = start;
        this.end = start + most;
    }

    /** Writes those points of a query that lie on this page. */
    void write(String id, String label, NavigableMap<Long, Double> points, ArrayNode results) {
        ObjectNode result = results.addObject().put("Id", id).put("Label", label);
        ArrayNode timestamps = result.putArray("Timestamps");
        ArrayNode values = result.putArray("Values");
        for (Map.Entry<Long, Double> point : points.entrySet()) {
            if (seen >= start && seen < end) {
                timestamps.addPOJO(Instant.ofEpochSecond(point.getKey() * 60));
                values.add(point.getValue());
            }
            seen++;
        }
        result.put("StatusCode", seen > end ? "PartialData" : "Complete");
    }

    boolean more() {
        return seen > end;
    }

    long end() {
        return end;
    }
}
