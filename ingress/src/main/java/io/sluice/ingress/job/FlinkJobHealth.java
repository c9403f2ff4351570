package io.sluice.ingress.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.ingress.job.JobHealth.Checkpoint;
import io.sluice.ingress.job.JobHealth.Circuit;
import io.sluice.ingress.job.JobHealth.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Flink's REST API about the newest job, and keeps the answer for 5 s. Flink gathers metrics
 * when it is asked and answers with what it had, so a job's first answers lack some.
 */
final class FlinkJobHealth implements JobHealthReader {
    private static final Logger LOG = LoggerFactory.getLogger(FlinkJobHealth.class);
    private static final Duration KEPT = Duration.ofSeconds(5);

    /** Names in one address, which may have 4096 characters. */
    private static final int NAMES_AT_ONCE = 15;

    private final FlinkRestClient flink;
    private final AsyncLoadingCache<String, JobHealth> kept;

    FlinkJobHealth(FlinkRestClient flink, Ticker ticker) {
        this.flink = flink;
        this.kept =
                Caffeine.newBuilder()
                        .ticker(ticker)
                        .expireAfterWrite(KEPT)
                        .buildAsync((key, executor) -> ask());
    }

    @Override
    public CompletableFuture<JobHealth> read() {
        return kept.get("job").copy(); // who gives up does not take it from others
    }

    private CompletableFuture<JobHealth> ask() {
        return flink.get("/jobs/overview")
                .thenCompose(
                        overview -> {
                            String id = newest(overview);
                            return id == null
                                    ? CompletableFuture.completedFuture(
                                            JobHealth.unknown(State.NO_JOB))
                                    : ask("/jobs/" + id);
                        })
                .exceptionally(
                        failure -> {
                            LOG.warn("job health: Flink does not tell: {}", failure.toString());
                            return JobHealth.unknown(State.UNAVAILABLE);
                        });
    }

    private CompletableFuture<JobHealth> ask(String job) {
        return flink.get(job)
                .thenCompose(details -> metrics(job, details))
                .thenCombine(flink.get(job + "/checkpoints"), FlinkJobHealth::health);
    }

    private static @Nullable String newest(JsonNode overview) {
        JsonNode newest = null;
        for (JsonNode job : overview.path("jobs")) {
            if (newest == null
                    || job.path("start-time").asLong() > newest.path("start-time").asLong()) {
                newest = job;
            }
        }
        return newest == null ? null : newest.path("jid").asText();
    }

    private CompletableFuture<List<MetricValue>> metrics(String job, JsonNode details) {
        List<CompletableFuture<List<MetricValue>>> reads = new ArrayList<>();
        for (JsonNode vertex : details.path("vertices")) {
            String path = job + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            reads.add(flink.get(path).thenCompose(names -> values(path, names)));
        }
        return joined(reads);
    }

    /** The greatest of all subtasks of each metric that matters. */
    private CompletableFuture<List<MetricValue>> values(String path, JsonNode names) {
        List<CompletableFuture<List<MetricValue>>> reads = new ArrayList<>();
        List<String> some = new ArrayList<>();
        for (JsonNode metric : names) {
            String name = metric.path("id").asText();
            if (MetricName.matters(name)) {
                some.add(URLEncoder.encode(name, StandardCharsets.UTF_8));
            }
            if (some.size() == NAMES_AT_ONCE) {
                reads.add(greatest(path, some));
                some = new ArrayList<>();
            }
        }
        if (!some.isEmpty()) {
            reads.add(greatest(path, some));
        }
        return joined(reads);
    }

    private CompletableFuture<List<MetricValue>> greatest(String path, List<String> names) {
        return flink.get(path + "?agg=max&get=" + String.join(",", names))
                .thenApply(
                        values -> {
                            List<MetricValue> found = new ArrayList<>();
                            values.forEach(
                                    v ->
                                            found.add(
                                                    new MetricValue(
                                                            v.path("id").asText(),
                                                            v.path("max").asLong())));
                            return found;
                        });
    }

    private static CompletableFuture<List<MetricValue>> joined(
            List<CompletableFuture<List<MetricValue>>> reads) {
        return CompletableFuture.allOf(reads.toArray(CompletableFuture<?>[]::new))
                .thenApply(
                        done ->
                                reads.stream()
                                        .map(CompletableFuture::join)
                                        .flatMap(Collection::stream)
                                        .toList());
    }

    private static JobHealth health(List<MetricValue> metrics, JsonNode checkpoints) {
        SortedMap<String, Long> gauges = new TreeMap<>();
        SortedMap<String, Long> behind = new TreeMap<>();
        for (MetricValue metric : metrics) {
            Map<String, Long> into = MetricName.isCircuit(metric.name()) ? gauges : behind;
            into.merge(MetricName.subject(metric.name()), metric.value(), Math::max);
        }
        SortedMap<String, Circuit> circuits = new TreeMap<>();
        gauges.forEach((target, gauge) -> circuits.put(target, Circuit.ofGauge(gauge)));
        return new JobHealth(State.KNOWN, circuits, behind, last(checkpoints));
    }

    private static @Nullable Checkpoint last(JsonNode checkpoints) {
        JsonNode last = checkpoints.path("latest").path("completed");
        return last.isObject()
                ? new Checkpoint(
                        last.path("id").asLong(),
                        last.path("latest_ack_timestamp").asLong(),
                        last.path("end_to_end_duration").asLong(),
                        last.path("state_size").asLong())
                : null;
    }

    private record MetricValue(String name, long value) {}
}
