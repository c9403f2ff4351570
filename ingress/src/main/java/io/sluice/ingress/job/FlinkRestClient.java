package io.sluice.ingress.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Reads of Flink's REST API, each at most 3 s. Thread-safe; never blocks. */
final class FlinkRestClient {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI base;

    FlinkRestClient(URI base) {
        this.base = base;
    }

    /** The document at a path; fails with a word about it if there is none. */
    CompletableFuture<JsonNode> get(String path) {
        URI address = base.resolve(path);
        HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .thenApply(
                        response -> {
                            if (response.statusCode() != 200) {
                                throw new IllegalStateException(
                                        address + " answers " + response.statusCode());
                            }
                            return Json.parse(response.body());
                        });
    }
}
