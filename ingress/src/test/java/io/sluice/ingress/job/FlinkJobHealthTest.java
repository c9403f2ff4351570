package io.sluice.ingress.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against answers of the form that Flink 1.20 gives. */
class FlinkJobHealthTest {
    private static final String METRICS = "/jobs/j2/vertices/v1/subtasks/metrics";

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private long nowNanos;
    private FlinkJobHealth health;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    asked.incrementAndGet();
                    String body = answers.get(exchange.getRequestURI().toString());
                    byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        health = new FlinkJobHealth(new FlinkRestClient(base), () -> nowNanos);
        answers.put(
                "/jobs/overview",
                "{\"jobs\":[{\"jid\":\"j1\",\"start-time\":1},{\"jid\":\"j2\",\"start-time\":2}]}");
        answers.put("/jobs/j2", "{\"vertices\":[{\"id\":\"v1\"}]}");
        answers.put(
                METRICS,
                "[{\"id\":\"busyTimeMsPerSecond\"},"
                        + "{\"id\":\"invoke.target.us-east-1/m.breakerState\"},"
                        + "{\"id\":\"read.stream.sluice-events.shardId.0.millisBehindLatest\"},"
                        + "{\"id\":\"read.stream.sluice-events.shardId.1.millisBehindLatest\"}]");
        answers.put(
                METRICS
                        + "?agg=max&get=invoke.target.us-east-1%2Fm.breakerState,"
                        + "read.stream.sluice-events.shardId.0.millisBehindLatest,"
                        + "read.stream.sluice-events.shardId.1.millisBehindLatest",
                "[{\"id\":\"invoke.target.us-east-1/m.breakerState\",\"max\":2.0},"
                        + "{\"id\":\"read.stream.sluice-events.shardId.0.millisBehindLatest\",\"max\":7.0},"
                        + "{\"id\":\"read.stream.sluice-events.shardId.1.millisBehindLatest\",\"max\":90.0}]");
        answers.put(
                "/jobs/j2/checkpoints",
                "{\"latest\":{\"completed\":{\"id\":4,\"latest_ack_timestamp\":1000,"
                        + "\"end_to_end_duration\":30,\"state_size\":2048}}}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tellsCircuitsLagAndCheckpointOfTheNewestJob() {
        JsonNode json = health.read().join().json(6_000);
        assertThat(json.path("state").asText()).isEqualTo("known");
        assertThat(json.at("/circuits/0/target").asText()).isEqualTo("us-east-1/m");
        assertThat(json.at("/circuits/0/state").asText()).isEqualTo("open");
        assertThat(json.path("lag")).hasSize(1);
        assertThat(json.at("/lag/0/stream").asText()).isEqualTo("sluice-events");
        assertThat(json.at("/lag/0/behind_ms").asLong()).isEqualTo(90);
        assertThat(json.at("/checkpoint/age_ms").asLong()).isEqualTo(5_000);
        assertThat(json.at("/checkpoint/state_bytes").asLong()).isEqualTo(2_048);
    }

    @Test
    void isNotAskedAgainForFiveSeconds() {
        health.read().join();
        int once = asked.get();
        nowNanos = Duration.ofSeconds(5).toNanos() - 1;
        health.read().join();
        assertThat(asked).hasValue(once);
        nowNanos++;
        health.read().join();
        assertThat(asked).hasValue(2 * once);
    }

    @Test
    void whatCannotBeAskedIsUnavailableAndWithoutFigures() {
        answers.remove("/jobs/j2/checkpoints");
        JsonNode json = health.read().join().json(6_000);
        assertThat(json.path("state").asText()).isEqualTo("unavailable");
        assertThat(json.path("circuits")).isEmpty();
        assertThat(json.has("checkpoint")).isFalse();
    }

    @Test
    void withoutAJobThereIsNone() {
        answers.put("/jobs/overview", "{\"jobs\":[]}");
        assertThat(health.read().join())
                .isEqualTo(
                        new JobHealth(
                                JobHealth.State.NO_JOB, new TreeMap<>(), new TreeMap<>(), null));
    }

    @Test
    void anAddressThatIsNoneIsSaidAtTheStart() {
        assertThatThrownBy(() -> JobHealthReaders.address("localhost:8081"))
                .hasMessageContaining("SLUICE_DASHBOARD_FLINK_URL is 'localhost:8081'");
    }
}
