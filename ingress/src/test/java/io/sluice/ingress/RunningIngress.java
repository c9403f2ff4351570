package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.sluice.contract.Names;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.key.ApiKey;
import io.sluice.ingress.key.KeyMint;
import io.sluice.local.kinesis.Limits;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The ingress in this process, against {@link LocalAws}, with an administrator's key. */
public final class RunningIngress implements AutoCloseable {
    private final LocalAws aws;
    private final boolean ownsAws;
    private final ApplicationContext context;
    private final URI base;
    private final String adminKey;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningIngress(
            LocalAws aws, boolean ownsAws, String adminKey, Map<String, Object> settings) {
        this.aws = aws;
        this.ownsAws = ownsAws;
        this.adminKey = adminKey;
        aws.systemProperties().forEach(System::setProperty);
        Map<String, Object> properties = new HashMap<>(settings);
        properties.put("sluice.port", 0);
        properties.put("sluice.request-id-secrets", "00".repeat(32));
        context = ApplicationContext.builder(properties).eagerInitSingletons(true).start();
        base = context.getBean(EmbeddedServer.class).start().getURI();
    }

    /**
     * Starts everything, with the limits of the service; what it keeps is below {@code directory}.
     */
    public static RunningIngress start(Path directory) throws IOException {
        LocalAws aws = LocalAws.start(directory, Limits.AWS);
        return new RunningIngress(aws, true, newAdminKey(aws), Map.of());
    }

    /** Starts a node over a stream and tables that others use too and that outlive it. */
    public static RunningIngress over(LocalAws aws, Map<String, Object> settings) {
        return new RunningIngress(aws, false, newAdminKey(aws), settings);
    }

    /** Starts another node beside this one, over the same stream and tables. */
    public RunningIngress another(Map<String, Object> settings) {
        return new RunningIngress(aws, false, adminKey, settings);
    }

    private static String newAdminKey(LocalAws aws) {
        KeyMint.MintedKey admin = new KeyMint().mint(ApiKey.ADMIN, "first", 0, 0);
        aws.dynamoDbClient()
                .putItem(
                        b ->
                                b.tableName(Names.TENANTS_TABLE)
                                        .item(Items.attributes(TenantItemJson.write(admin.item()))))
                .join();
        return admin.key().text();
    }

    /** Makes a tenant and returns its key. */
    public String newTenant(String id, String tier) {
        Answer answer =
                send(
                        "POST",
                        "/v1/admin/tenants",
                        adminKey,
                        "{\"tenant_id\":\"" + id + "\",\"tier\":\"" + tier + "\"}");
        assertThat(answer.status())
                .as("a new tenant of an id that no other test uses: " + answer.response().body())
                .isEqualTo(201);
        return answer.json().get("api_key").textValue();
    }

    /** One call; a body is sent as JSON. */
    public Answer send(String method, String path, String key, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofSeconds(70))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        if (key != null) {
            request.setHeader("Authorization", "Bearer " + key);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    /** Any request at all. */
    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An answer, and its body as a tree. */
    public record Answer(HttpResponse<String> response) {
        /** The status code. */
        public int status() {
            return response.statusCode();
        }

        /** The first header of that name, empty if there is none. */
        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The body. */
        public JsonNode json() {
            return Json.parse(response.body());
        }
    }

    /** The administrator's key. */
    public String adminKey() {
        return adminKey;
    }

    /** Where it listens. */
    public URI base() {
        return base;
    }

    /** What it runs against. */
    public LocalAws aws() {
        return aws;
    }

    /** Its parts. */
    public ApplicationContext context() {
        return context;
    }

    @Override
    public void close() throws IOException {
        context.close();
        if (ownsAws) {
            aws.close();
        }
    }
}
