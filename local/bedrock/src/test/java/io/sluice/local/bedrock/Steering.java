package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Plain HTTP to a server, and its steering interface. */
final class Steering {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI endpoint;

    Steering(URI endpoint) {
        this.endpoint = endpoint;
    }

    HttpResponse<String> send(String method, String path, String body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(endpoint + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void put(String behavior) {
        assertThat(send("PUT", "/_local/behavior", behavior).statusCode()).isEqualTo(200);
    }

    long calls() {
        return counts().path("calls").asLong(-1);
    }

    long throttled() {
        return counts().path("throttled").asLong(-1);
    }

    long unseen() {
        return counts().path("unseen").asLong(-1);
    }

    long callsIn(String region) {
        return counts().path("by_region").path(region).asLong(0);
    }

    long inFlight() {
        return counts().path("in_flight").asLong(-1);
    }

    long callsOf(String model) {
        return counts().path("by_model").path(model).asLong(0);
    }

    JsonNode json(HttpResponse<String> response) {
        try {
            return mapper.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode counts() {
        return json(send("GET", "/_local/calls", ""));
    }
}
