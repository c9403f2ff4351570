package io.sluice.sinks.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Posts by HTTP. Follows no redirect and reads no body of an answer. */
final class HttpWebhookPoster implements WebhookPoster {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** Standard Webhooks asks senders to wait 15 to 30 s. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

    HttpWebhookPoster(URI url) {
        this.url = url;
    }

    @Override
    public CompletableFuture<Integer> post(
            String id, long atSeconds, String signature, byte[] body) {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(ANSWER)
                        .header("Content-Type", "application/json")
                        .header("User-Agent", "sluice")
                        .header("webhook-id", id)
                        .header("webhook-timestamp", Long.toString(atSeconds))
                        .header("webhook-signature", signature)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }
}
