package io.sluice.local.command.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls of the API with a key; every status is an answer. */
final class Api {
    static final String MODEL = "amazon.nova-micro-v1:0";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String base;
    private final String key;

    Api(String base, String key) {
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.key = key;
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return Json.parse(response.body());
        }

        @Override
        public String toString() {
            return response + " " + response.headers().map() + " " + response.body();
        }
    }

    /** A body with one question. */
    static String question(String model, String endpoint, String text) {
        return "{\"model\":\""
                + model
                + "\",\"endpoint\":\""
                + endpoint
                + "\",\"max_tokens\":1024,\"messages\":[{\"role\":\"user\",\"content\":\""
                + text
                + "\"}]}";
    }

    Answer get(String path) {
        return answer(request(path).GET()).join();
    }

    Answer delete(String path) {
        return answer(request(path).DELETE()).join();
    }

    Answer post(String path, String body) {
        return answer(json(path).POST(HttpRequest.BodyPublishers.ofString(body))).join();
    }

    /** Sends JSON lines. */
    Answer postLines(String path, String lines) {
        return answer(
                        request(path)
                                .header("Content-Type", "application/x-ndjson")
                                .POST(HttpRequest.BodyPublishers.ofString(lines)))
                .join();
    }

    Answer put(String path, String body) {
        return answer(json(path).PUT(HttpRequest.BodyPublishers.ofString(body))).join();
    }

    /** Submits without waiting. */
    Answer submit(String body) {
        return post("/v1/requests", body);
    }

    /** Submits and waits for the final answer. */
    Answer ask(String body) {
        return asked(body).join();
    }

    /** The same, without blocking. */
    CompletableFuture<Answer> asked(String body) {
        return answer(
                json("/v1/requests")
                        .header("Prefer", "wait=20")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + key);
    }

    private CompletableFuture<Answer> answer(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Answer::new);
    }
}
