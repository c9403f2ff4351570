package io.sluice.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.WaitingMailbox;
import io.sluice.sinks.aws.Backoff;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server that fails first. */
class WebhookSinkITCase {
    private static final long START = 1_767_225_600_000L;
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<String> verified = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private WebhookSettings settings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", this::answer);
        server.start();
        settings =
                WebhookSettings.of(
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook", SECRET);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whatFailsIsPostedAgainUntilTaken() throws Exception {
        statuses.addAll(List.of(500, 302, 429));
        WaitingMailbox mailbox = new WaitingMailbox(START);
        WebhookWriter writer =
                new WebhookWriter(
                        settings.secret(),
                        new HttpWebhookPoster(settings.url()),
                        10,
                        new Backoff(1, 1, bound -> 0),
                        new ManualContext(mailbox));
        Alert alert =
                Alert.ofTenant(
                        AlertKind.BUDGET_THRESHOLD, "acme", "d:80", 7, START, Map.of("a", "ü"));
        writer.write(alert, null);
        for (int i = 0; i < 4; i++) {
            writer.flush(true);
            mailbox.advanceBy(1);
        }
        assertThat(verified).containsExactly(alert.id(), alert.id(), alert.id(), alert.id());
        assertThat(refused).isEmpty();
        assertThat(writer.snapshotState(1)).isEmpty();
    }

    @Test
    void aServerThatIsNotThereFailsNothing() throws Exception {
        server.stop(0);
        WaitingMailbox mailbox = new WaitingMailbox(START);
        WebhookWriter writer = WebhookSink.to(settings).createWriter(new ManualContext(mailbox));
        Alert alert = Alert.ofSystem(AlertKind.STREAM_LAG, "s", 1, START, Map.of());
        writer.write(alert, null);
        writer.flush(true);
        assertThat(writer.snapshotState(1)).containsExactly(alert);
    }

    /** Checks as a receiver would: the signature over id, timestamp and the bytes that came. */
    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = exchange.getRequestHeaders().getFirst("webhook-id");
        long at = Long.parseLong(exchange.getRequestHeaders().getFirst("webhook-timestamp"));
        String signature = exchange.getRequestHeaders().getFirst("webhook-signature");
        boolean genuine =
                WebhookSignature.of(settings.secret(), id, at, body).equals(signature)
                        && START / 1000 == at
                        && new String(body, java.nio.charset.StandardCharsets.UTF_8)
                                .contains("\"a\":\"ü\"");
        (genuine ? verified : refused).add(id);
        Integer status = statuses.poll();
        if (status != null && status == 302) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
        }
        exchange.sendResponseHeaders(status == null ? 204 : status, -1);
        exchange.close();
    }
}
