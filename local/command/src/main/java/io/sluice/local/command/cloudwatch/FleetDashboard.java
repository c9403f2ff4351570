package io.sluice.local.command.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Metric;
import io.sluice.contract.json.Json;
import java.util.List;

/**
 * The body of the dashboard over the metrics of {@link Metric}, as PutDashboard takes it: two
 * graphs a row, each of one metric by one of its dimensions. Pure.
 */
public final class FleetDashboard {
    private static final int WIDTH = 12;
    private static final int HEIGHT = 6;
    private static final int PERIOD_SECONDS = 60;

    private final String namespace;
    private final String region;
    private final List<String> tiers;
    private final String stream;
    private final ArrayNode widgets;
    private final ObjectNode body = Json.object();
    private int placed;

    private FleetDashboard(String namespace, String region, List<String> tiers, String stream) {
        this.namespace = namespace;
        this.region = region;
        this.tiers = tiers;
        this.stream = stream;
        body.put("start", "-PT3H").put("periodOverride", "inherit");
        this.widgets = body.putArray("widgets");
    }

    /** The dashboard for metrics in that namespace and region. */
    public static ObjectNode body(
            String namespace, String region, List<String> tiers, String stream) {
        FleetDashboard dashboard = new FleetDashboard(namespace, region, tiers, stream);
        dashboard.place();
        return dashboard.body;
    }

    private void place() {
        searched("Requests by tenant and endpoint", Metric.REQUESTS, "Sum", true);
        searched("Spend by model and tenant, USD", Metric.COST, "Sum", true);
        searched("Rejections by reason and tenant", Metric.REJECTIONS, "Sum", true);
        shares("Share of requests rejected", Metric.REJECTED_SHARE);
        shares("Share of admitted requests that failed", Metric.FAILED_SHARE);
        shares("Share of answers slower than promised", Metric.SLOW_SHARE);
        searched("Model latency, average", Metric.LATENCY, "Average", false);
        searched("Model latency, longest", Metric.LATENCY, "Maximum", false);
        searched("Errors by model and reason", Metric.ERRORS, "Sum", true);
        searched("Tokens by kind and tenant", Metric.TOKENS, "Sum", true);
        searched("Cache hits by tenant", Metric.CACHE_HITS, "Sum", true);
        hitShare();
        lag();
        searched("Circuits that opened", Metric.CIRCUITS_OPENED, "Sum", true);
        searched("Requests for models without a price", Metric.UNPRICED, "Sum", true);
        searched("Alerts by kind", Metric.ALERTS, "Sum", true);
        searched("Alerts by tenant", Metric.TENANT_ALERTS, "Sum", true);
    }

    /** One line for each combination of dimensions there is. */
    private void searched(String title, Metric metric, String stat, boolean stacked) {
        graph(title, stat, stacked).addArray().addObject().put("expression", search(metric, stat));
    }

    private void hitShare() {
        String hits = "SUM(" + search(Metric.CACHE_HITS, "Sum") + ")";
        String all = "SUM(" + search(Metric.REQUESTS, "Sum") + ")";
        graph("Share of requests answered from the cache", "Sum", false)
                .addArray()
                .addObject()
                .put("expression", hits + " / " + all)
                .put("label", "cache hits");
    }

    private void shares(String title, Metric metric) {
        ArrayNode rows = graph(title, "Average", false);
        for (String tier : tiers) {
            rows.addArray()
                    .add(namespace)
                    .add(metric.wireName())
                    .add(metric.dimensions().get(0))
                    .add(tier);
        }
    }

    private void lag() {
        graph("How far the job is behind its stream", "Maximum", false)
                .addArray()
                .add(namespace)
                .add(Metric.STREAM_LAG.wireName())
                .add(Metric.STREAM_LAG.dimensions().get(0))
                .add(stream);
    }

    private String search(Metric metric, String stat) {
        return String.format(
                "SEARCH('{%s,%s} MetricName=\"%s\"', '%s', %d)",
                namespace,
                String.join(",", metric.dimensions()),
                metric.wireName(),
                stat,
                PERIOD_SECONDS);
    }

    private ArrayNode graph(String title, String stat, boolean stacked) {
        ObjectNode widget =
                widgets.addObject()
                        .put("type", "metric")
                        .put("x", placed % 2 * WIDTH)
                        .put("y", placed / 2 * HEIGHT)
                        .put("width", WIDTH)
                        .put("height", HEIGHT);
        placed++;
        ObjectNode properties =
                widget.putObject("properties")
                        .put("title", title)
                        .put("region", region)
                        .put("view", "timeSeries")
                        .put("stacked", stacked)
                        .put("stat", stat)
                        .put("period", PERIOD_SECONDS);
        return properties.putArray("metrics");
    }
}
