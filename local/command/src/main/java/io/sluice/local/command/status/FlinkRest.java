package io.sluice.local.command.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What Flink's REST API tells of the one job of a system, and what it can be asked to do.
 *
 * <p>Flink gathers metrics when it is asked for them, answers at once with what it had, and gathers
 * again only after {@code metrics.fetcher.update-interval}. So the first answer of a job's life is
 * empty; whoever asks for metrics here is answered when they are there, within {@link
 * #METRICS_PATIENCE}.
 */
public final class FlinkRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(3);
    private static final long METRICS_POLL_MILLIS = 100;
    private static final String BEHIND = ".millisBehindLatest";
    private static final String STREAM = ".stream.";
    private static final String SHARD = ".shardId.";
    private static final String TARGET = ".target.";
    private static final String BREAKER = ".breakerState";
    private static final Pattern DIGEST = Pattern.compile("\\.newestDigest(Millis)?$");

    private final HttpClient http;
    private final URI base;

    /** The API at this base address. */
    public FlinkRest(HttpClient http, URI base) {
        this.http = http;
        this.base = base;
    }

    /** The newest job's overview; empty when there is none. */
    public Optional<JsonNode> job() throws IOException, InterruptedException {
        JsonNode newest = null;
        for (JsonNode job : get("/jobs/overview").path("jobs")) {
            if (newest == null
                    || job.path("start-time").asLong() > newest.path("start-time").asLong()) {
                newest = job;
            }
        }
        return Optional.ofNullable(newest);
    }

    /** Checkpoint statistics of a job. */
    JsonNode checkpoints(String jobId) throws IOException, InterruptedException {
        return get("/jobs/" + jobId + "/checkpoints");
    }

    /** How old the record read last is, by stream: the most over its shards, in milliseconds. */
    public Map<String, Long> millisBehindLatest(String jobId)
            throws IOException, InterruptedException {
        long deadlineNanos = System.nanoTime() + METRICS_PATIENCE.toNanos();
        Map<String, Long> behind = behindNow(jobId);
        while (behind.isEmpty() && System.nanoTime() < deadlineNanos) {
            Thread.sleep(METRICS_POLL_MILLIS);
            behind = behindNow(jobId);
        }
        return behind;
    }

    /**
     * A metric of all subtasks of one operator, added up; empty while Flink has not gathered it.
     *
     * @param name the end of its name, such as {@code .openShards}
     */
    public OptionalLong sum(String jobId, String name) throws IOException, InterruptedException {
        for (String metrics : metricsOfVertices(jobId)) {
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (id.endsWith(name)) {
                    String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8);
                    JsonNode sum = get(metrics + "?agg=sum&get=" + encoded).path(0).path("sum");
                    return sum.isNumber() ? OptionalLong.of(sum.asLong()) : OptionalLong.empty();
                }
            }
        }
        return OptionalLong.empty();
    }

    /**
     * The state of each circuit as its worst subtask sees it: 0 closed, 1 half-open, 2 open. By
     * region and model, spelled as Flink spells metrics.
     */
    Map<String, Long> breakers(String jobId) throws IOException, InterruptedException {
        Map<String, Long> states = new TreeMap<>();
        greatest(jobId, id -> id.endsWith(BREAKER) && id.contains(TARGET))
                .forEach((id, most) -> states.merge(targetOf(id), most, Math::max));
        return states;
    }

    /**
     * The newest digest that this run of the job wrote, and when it was taken: {@code
     * newestDigest}, {@code newestDigestMillis}; empty or zeros before its first.
     */
    Map<String, Long> newestDigest(String jobId) throws IOException, InterruptedException {
        Map<String, Long> newest = new TreeMap<>();
        greatest(jobId, id -> DIGEST.matcher(id).find())
                .forEach((id, most) -> newest.put(id.substring(id.lastIndexOf('.') + 1), most));
        return newest;
    }

    private List<String> metricsOfVertices(String jobId) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
            String id = vertex.path("id").asText();
            paths.add("/jobs/" + jobId + "/vertices/" + id + "/subtasks/metrics");
        }
        return paths;
    }

    private Map<String, Long> behindNow(String jobId) throws IOException, InterruptedException {
        Map<String, Long> behind = new TreeMap<>();
        greatest(jobId, id -> id.endsWith(BEHIND) && id.contains(STREAM))
                .forEach((id, most) -> behind.merge(streamOf(id), most, Math::max));
        return behind;
    }

    /** By metric, the greatest value over all subtasks. */
    private Map<String, Long> greatest(String jobId, Predicate<String> wanted)
            throws IOException, InterruptedException {
        Map<String, Long> greatest = new TreeMap<>();
        for (String metrics : metricsOfVertices(jobId)) {
            List<String> names = new ArrayList<>();
            for (JsonNode metric : get(metrics)) {
                String id = metric.path("id").asText();
                if (wanted.test(id)) {
                    names.add(URLEncoder.encode(id, StandardCharsets.UTF_8));
                }
            }
            if (!names.isEmpty()) {
                for (JsonNode metric : get(metrics + "?agg=max&get=" + String.join(",", names))) {
                    greatest.merge(
                            metric.path("id").asText(), metric.path("max").asLong(), Math::max);
                }
            }
        }
        return greatest;
    }

    /** The target in a metric's name such as {@code x.target.us-east-1/m.breakerState}. */
    static String targetOf(String metric) {
        int start = metric.indexOf(TARGET) + TARGET.length();
        return metric.substring(start, metric.length() - BREAKER.length());
    }

    /** The stream in a metric's name such as {@code x.stream.events.shardId.0.y}. */
    static String streamOf(String metric) {
        int start = metric.indexOf(STREAM) + STREAM.length();
        int end = metric.indexOf(SHARD, start);
        return metric.substring(start, end < 0 ? metric.length() : end);
    }

    /** Starts something that goes on by itself; its id. */
    String trigger(String path, JsonNode body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                        .build();
        return answer(request, path, 202).path("request-id").asText();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).build(), path, 200);
    }

    private JsonNode answer(HttpRequest request, String path, int expected)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != expected) {
            throw new IOException(base.resolve(path) + " answers " + response.statusCode());
        }
        try {
            return Json.parse(response.body());
        } catch (MalformedJsonException e) {
            throw new IOException(base.resolve(path) + " does not answer JSON", e);
        }
    }
}
