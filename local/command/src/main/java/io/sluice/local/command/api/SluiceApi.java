package io.sluice.local.command.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.MalformedJsonException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Sluice's HTTP API with one key. Thread-safe. */
public final class SluiceApi {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);

    private final HttpClient http;
    private final URI base;
    private final String key;

    public SluiceApi(HttpClient http, URI base, String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    /** A client with settings that fit the API. */
    public static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** The same API with another key. */
    public SluiceApi withKey(String otherKey) {
        return new SluiceApi(http, base, otherKey);
    }

    /** Reads; the reply's status may be any. */
    public Reply get(String path) throws IOException, InterruptedException {
        return await(send("GET", path, null, 0));
    }

    /** Writes; the reply's status may be any. */
    public Reply post(String path, JsonNode body) throws IOException, InterruptedException {
        return await(send("POST", path, body, 0));
    }

    /** Removes; the reply's status may be any. */
    public Reply delete(String path) throws IOException, InterruptedException {
        return await(send("DELETE", path, null, 0));
    }

    /** Submits a request and waits for its answer for up to so many seconds. */
    public CompletableFuture<Reply> submit(JsonNode request, int waitSeconds) {
        return send("POST", "/v1/requests", request, waitSeconds);
    }

    /** Reads a request and waits for its answer for up to so many seconds. */
    public CompletableFuture<Reply> read(String requestId, int waitSeconds) {
        return send("GET", "/v1/requests/" + requestId, null, waitSeconds);
    }

    private CompletableFuture<Reply> send(
            String method, String path, @Nullable JsonNode body, int waitSeconds) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + key);
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofByteArray(Json.bytes(body)));
        }
        if (waitSeconds > 0) {
            request.header("Prefer", "wait=" + waitSeconds);
        }
        return http.sendAsync(request.build(), BodyHandlers.ofByteArray())
                .thenApply(SluiceApi::reply);
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        try {
            return new Reply(
                    response.statusCode(), body.length == 0 ? Json.object() : Json.parse(body));
        } catch (MalformedJsonException e) {
            return new Reply(
                    response.statusCode(), Json.object().put("detail", "an answer without JSON"));
        }
    }

    private static Reply await(CompletableFuture<Reply> reply)
            throws IOException, InterruptedException {
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
