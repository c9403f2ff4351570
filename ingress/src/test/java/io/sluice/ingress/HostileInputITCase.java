package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.ingress.RunningIngress.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends wrong is answered with a problem and the right 4xx. */
@ExtendWith(SharedAws.class)
class HostileInputITCase {
    private static final String GOOD =
            "{\"model\":\"amazon.nova-micro-v1:0\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    static RunningIngress ingress;
    static String key;

    @BeforeAll
    static void start(RunningIngress shared) {
        ingress = shared;
        key = ingress.newTenant("hostile", "free");
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call(400, "POST", "/v1/requests", "", "empty"),
                call(400, "POST", "/v1/requests", null, "empty"),
                call(400, "POST", "/v1/requests", "{", "not JSON"),
                call(400, "POST", "/v1/requests", "{\"a\":1,\"a\":1}", "Duplicate field 'a'"),
                call(400, "POST", "/v1/requests", GOOD.replace("Hi", "\\u0000"), "NUL"),
                call(400, "POST", "/v1/requests", GOOD.replace("Hi", "\\ud800"), "surrogate"),
                call(400, "POST", "/v1/requests", GOOD.replace("nova", "novo"), "unknown model"),
                call(400, "POST", "/v1/requests", "[".repeat(50_000), "not JSON"),
                call(
                        413,
                        "POST",
                        "/v1/requests",
                        GOOD.replace("Hi", "x".repeat(800_000)),
                        "786432"),
                call(404, "GET", "/v1/requests/req_nope", null, "no request"),
                call(404, "GET", "/v1/requests/%00", null, "no request"),
                call(404, "GET", "/v1/requests/" + "x".repeat(3_000), null, "no request"),
                call(404, "GET", "/v1/nothing", null, "nothing at this path"),
                call(404, "GET", "/v1/requests/a/b", null, "nothing at this path"),
                call(404, "GET", "/", null, "nothing at this path"),
                call(404, "GET", "/dashboard/..%2f..%2fapplication.yml", null, ""),
                call(404, "GET", "/beans", null, "nothing at this path"),
                call(405, "PATCH", "/v1/requests", GOOD, "PATCH"),
                call(405, "DELETE", "/v1/requests", null, "DELETE"),
                call(405, "POST", "/v1/usage", "{}", "POST"),
                call(404, "DELETE", "/v1/requests/req_nope", null, "no request"),
                call(404, "DELETE", "/v1/requests/%00", null, "no request"),
                call(404, "GET", "/v1/batches/%00", null, "no batch"),
                call(404, "GET", "/v1/batches/batch_/results", null, "no batch"),
                call(404, "DELETE", "/v1/batches/" + "x".repeat(3_000), null, "no batch"),
                call(405, "GET", "/v1/batches", null, "GET"),
                call(415, "POST", "/v1/batches", GOOD, "application/x-ndjson"),
                call(405, "POST", "/health/live", "{}", "POST"),
                call(400, "GET", "/v1/requests?limit=0", null, "limit"),
                call(400, "GET", "/v1/requests?limit=99999999999999", null, "limit"),
                call(400, "GET", "/v1/requests?limit=1&limit=2", null, "limit"),
                call(400, "GET", "/v1/requests?status=lost", null, "status"),
                call(400, "GET", "/v1/requests?from=yesterday", null, "from"),
                call(400, "GET", "/v1/requests?cursor=abc", null, "cursor"),
                call(400, "GET", "/v1/requests?nope=1", null, "'nope'"),
                call(400, "GET", "/v1/usage?granularity=week", null, "granularity"),
                call(400, "GET", "/v1/usage?group=model,model", null, "group"),
                call(400, "GET", "/v1/usage?group=", null, null),
                call(400, "GET", "/v1/usage?granularity=minute&from=2020-01-01", null, "at most"),
                call(400, "GET", "/v1/usage?from=2026-02-01&to=2026-01-01", null, "before to"),
                call(400, "GET", "/v1/usage?from=%2B999999999-01-01T00:00:00Z", null, "from"),
                call(403, "GET", "/v1/admin/tenants", null, "administrator"),
                call(403, "DELETE", "/v1/admin/tenants/hostile", null, "administrator"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void wrongCallIsAProblem(int status, String method, String path, String body, String named) {
        Answer answer = ingress.send(method, path, key, body);
        if (named == null) { // an empty parameter counts as absent
            assertThat(answer.status()).isEqualTo(200);
            return;
        }
        assertProblem(answer, status, named);
    }

    static Stream<Arguments> administration() {
        String tenants = "/v1/admin/tenants";
        return Stream.of(
                call(400, "POST", tenants, "{}", "tenant_id: missing"),
                call(400, "POST", tenants, tenant("ACME", "free", ""), "tenant_id"),
                call(400, "POST", tenants, tenant("_admin", "free", ""), "tenant_id"),
                call(400, "POST", tenants, tenant("a".repeat(51), "free", ""), "tenant_id"),
                call(400, "POST", tenants, tenant("b", "gold", ""), "business, enterprise, free"),
                call(400, "POST", tenants, tenant("b", "free", ",\"x\":1"), "'x'"),
                call(
                        400,
                        "POST",
                        tenants,
                        tenant("b", "free", ",\"overrides\":{\"rpm\":1}"),
                        "rpm"),
                call(
                        400,
                        "POST",
                        tenants,
                        tenant("b", "free", ",\"overrides\":{\"max_concurrent\":0}"),
                        "overrides.max_concurrent"),
                call(409, "POST", tenants, tenant("hostile", "free", ""), "already"),
                call(404, "GET", tenants + "/nobody", null, "no tenant"),
                call(404, "GET", tenants + "/_admin", null, "no tenant"),
                call(404, "PUT", tenants + "/nobody", "{\"tier\":\"free\"}", "no tenant"),
                call(400, "PUT", tenants + "/hostile", "{\"tier\":7}", "tier"),
                call(404, "DELETE", tenants + "/nobody", null, "no tenant"),
                call(404, "GET", tenants + "/nobody/keys", null, "no tenant"),
                call(400, "POST", tenants + "/hostile/keys", "{}", "label: missing"),
                call(
                        400,
                        "POST",
                        tenants + "/hostile/keys",
                        "{\"label\":\"l\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                        "future"),
                call(404, "DELETE", tenants + "/hostile/keys/aaaaaaaa", null, "no key"),
                call(404, "DELETE", tenants + "/_admin/keys/aaaaaaaa", null, "no tenant"),
                call(403, "POST", "/v1/requests", GOOD, "tenant's key"),
                call(403, "GET", "/v1/usage", null, "tenant's key"));
    }

    @ParameterizedTest
    @MethodSource("administration")
    void wrongAdministrationIsAProblem(
            int status, String method, String path, String body, String named) {
        assertProblem(ingress.send(method, path, ingress.adminKey(), body), status, named);
    }

    static Stream<String> foreignKeys() {
        return Stream.of(
                "x",
                "sk.hostile.aaaaaaaa." + "a".repeat(36),
                "sk.nobody.aaaaaaaa." + "a".repeat(36),
                "sk._admin.aaaaaaaa." + "a".repeat(36),
                "sk.hostile/../other.aaaaaaaa." + "a".repeat(36),
                "🌍".repeat(20).replace("🌍", "%F0"),
                "a".repeat(4_000));
    }

    @ParameterizedTest
    @MethodSource("foreignKeys")
    void foreignKeyIsUnauthorized(String foreign) {
        assertProblem(ingress.send("POST", "/v1/requests", foreign, GOOD), 401, "unknown");
        assertProblem(ingress.send("GET", "/v1/admin/tenants", foreign, null), 401, "unknown");
    }

    @Test
    void keyWithAnotherSecretIsUnauthorized() {
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
        assertProblem(ingress.send("POST", "/v1/requests", wrong, GOOD), 401, "unknown");
        assertThat(ingress.send("POST", "/v1/requests", key, GOOD).status()).isEqualTo(202);
    }

    @Test
    void missingKeyIsUnauthorizedAndOtherHeaderWorks() {
        Answer missing = ingress.send("POST", "/v1/requests", null, GOOD);
        assertProblem(missing, 401, "No API key");
        assertThat(missing.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(ingress.send("POST", "/v1/requests", null, GOOD, "x-api-key", key).status())
                .isEqualTo(202);
    }

    @Test
    void otherContentTypesAreUnsupported() {
        for (String type :
                new String[] {"text/plain", "application/xml", "x", "application/jsonx"}) {
            HttpRequest request =
                    HttpRequest.newBuilder(ingress.base().resolve("/v1/requests"))
                            .header("Authorization", "Bearer " + key)
                            .header("Content-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString(GOOD))
                            .build();
            assertProblem(ingress.send(request), 415, "application/json");
        }
    }

    @Test
    void hugeBodyIsTooLarge() {
        byte[] body = new byte[10 * 1024 * 1024];
        Arrays.fill(body, (byte) ' ');
        HttpRequest request =
                HttpRequest.newBuilder(ingress.base().resolve("/v1/requests"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        assertProblem(ingress.send(request), 413, "8 MiB");
        HttpRequest chunked =
                HttpRequest.newBuilder(ingress.base().resolve("/v1/requests"))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.fromPublisher(
                                        HttpRequest.BodyPublishers.ofByteArray(body)))
                        .build();
        assertProblem(ingress.send(chunked), 413, "8 MiB");
        assertThat(ingress.send("POST", "/v1/requests", key, GOOD).status()).isEqualTo(202);
    }

    @Test
    void whatIsNoHttpIsABadRequest() throws IOException {
        for (String raw :
                new String[] {
                    "POST /v1/requests HTTP/1.1\r\nHost: x\r\nContent-Length: nope\r\n\r\n",
                    "GET /v1/requests HTTP/1.1\r\nHost: x\r\nBad Header: x\r\n\r\n",
                    "GET /v1/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    "nonsense\r\n\r\n",
                    "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "a".repeat(20_000) + "\r\n\r\n"
                }) {
            String answer = raw(raw);
            assertThat(answer)
                    .as(raw.substring(0, Math.min(60, raw.length())))
                    .matches("(?s)HTTP/1\\.[01] 4\\d\\d .*");
            assertThat(answer).doesNotContain("Exception").doesNotContain("\tat ");
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(ingress.base().getHost(), ingress.base().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static void assertProblem(Answer answer, int status, String named) {
        String body = answer.response().body();
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("type").textValue()).isNotEmpty();
        assertThat(problem.get("title").textValue()).isNotEmpty();
        assertThat(problem.get("instance").textValue()).startsWith("/");
        assertThat(problem.get("detail").textValue()).contains(named);
        assertThat(body)
                .doesNotContain("Exception")
                .doesNotContain("io.sluice")
                .hasSizeLessThan(8_000);
    }

    private static String tenant(String id, String tier, String more) {
        return "{\"tenant_id\":\"" + id + "\",\"tier\":\"" + tier + "\"" + more + "}";
    }

    private static Arguments call(
            int status, String method, String path, String body, String named) {
        return Arguments.of(status, method, path, body, named);
    }
}
