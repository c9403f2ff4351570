package io.sluice.local.command.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls that no client should send, each with the answer it deserves. */
final class HostileRequests {
    static final String JSON = "Content-Type: application/json";
    private static final String SUBMIT = "POST /v1/requests";
    private static final String MESSAGES =
            "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    private static final String MODEL = "\"model\":\"" + Api.MODEL + "\"";

    private final String key;
    private final String adminKey;
    private final List<Call> calls = new ArrayList<>();

    /** Whose keys the calls carry where they carry a good one. */
    HostileRequests(String key, String adminKey) {
        this.key = key;
        this.adminKey = adminKey;
    }

    /**
     * A call.
     *
     * @param name shown in reports
     * @param statuses that are right
     * @param detail what the problem's detail must contain; "" for anything
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(
            String name,
            String requestLine,
            List<String> headers,
            byte[] body,
            Set<Integer> statuses,
            String detail) {
        @Override
        public String toString() {
            return name;
        }
    }

    List<Call> all() {
        documents();
        types();
        numbers();
        texts();
        sizes();
        media();
        methodsAndPaths();
        queries();
        administration();
        deadLetters();
        return calls;
    }

    private void documents() {
        body("no body", "", "");
        body("half a document", "{" + MODEL + "," + MESSAGES, "not JSON");
        body("two documents", "{" + MODEL + "," + MESSAGES + "} {}", "not JSON");
        body("a comma too many", "{" + MODEL + "," + MESSAGES + ",}", "not JSON");
        body("single quotes", "{'model':'x'}", "not JSON");
        body("a comment", "{/* hi */" + MODEL + "," + MESSAGES + "}", "not JSON");
        body("null", "null", "object");
        body("a list", "[]", "object");
        body("a string", "\"hello\"", "object");
        body("no fields", "{}", "model");
        body("no messages", "{" + MODEL + "}", "messages");
        body("an unknown field", with("\"modle\":\"x\""), "'modle'");
        body("an unknown field of JavaScript", with("\"__proto__\":{}"), "'__proto__'");
        body(
                "an unknown field of a message",
                withMessages("[{\"role\":\"user\",\"content\":\"x\",\"name\":\"y\"}]"),
                "name");
        body("a key twice", with(MODEL), "uplicate");
        body("a nested key twice", with("\"metadata\":{\"a\":\"b\",\"a\":\"c\"}"), "uplicate");
        body("a key twice, one of them escaped", with("\"m\\u006fdel\":\"x\""), "uplicate");
        body("lists, 100,000 deep", "[".repeat(100_000), "");
        body("objects, 100,000 deep", "{\"a\":".repeat(100_000), "");
        body("tools, 200 deep", with("\"tools\":" + "[".repeat(200) + "]".repeat(200)), "");
    }

    private void types() {
        Map<String, List<String>> wrong =
                Map.ofEntries(
                        Map.entry("model", List.of("1", "true", "[]", "{}", "null", "\"\"")),
                        Map.entry(
                                "messages",
                                List.of(
                                        "1", "\"x\"", "{}", "[]", "[1]", "[{}]", "[null]", "null",
                                        "[[]]")),
                        Map.entry("system", List.of("1", "true", "{}", "[1]", "[]")),
                        Map.entry(
                                "max_tokens",
                                List.of("\"1\"", "true", "[]", "{}", "1.5", "0", "-1")),
                        Map.entry(
                                "temperature", List.of("\"0\"", "true", "[]", "{}", "-0.1", "1e3")),
                        Map.entry("top_p", List.of("\"1\"", "true", "[]", "{}", "2")),
                        Map.entry("stop", List.of("1", "\"x\"", "{}", "[1]", "[\"\"]", "[null]")),
                        Map.entry("tools", List.of("1", "\"x\"", "{}", "[1]", "[{}]")),
                        Map.entry("tool_choice", List.of("1", "true", "[]")),
                        Map.entry(
                                "response_format",
                                List.of("1", "\"x\"", "[]", "{}", "{\"type\":\"xml\"}")),
                        Map.entry("priority", List.of("1", "true", "[]", "\"urgent\"", "\"\"")),
                        Map.entry("deadline_ms", List.of("\"1\"", "true", "[]", "0", "-5", "1.5")),
                        Map.entry(
                                "endpoint",
                                List.of(
                                        "1",
                                        "true",
                                        "{}",
                                        "\"\"",
                                        "\"a b\"",
                                        "\"" + "x".repeat(65) + "\"")),
                        Map.entry("agent_id", List.of("1", "[]", "\"a/b\"")),
                        Map.entry("task", List.of("1", "[]", "\"\"")),
                        Map.entry("session", List.of("1", "{}", "\"<script>\"")),
                        Map.entry("user_id", List.of("1", "{}", "\"a#b\"")),
                        Map.entry("cache", List.of("1", "true", "\"never\"")),
                        Map.entry(
                                "metadata",
                                List.of(
                                        "1",
                                        "\"x\"",
                                        "[]",
                                        "{\"a\":1}",
                                        "{\"a\":{}}",
                                        "{\"\":\"x\"}",
                                        "{\"a b\":\"x\"}")));
        wrong.forEach(
                (field, values) ->
                        values.forEach(
                                value ->
                                        body(
                                                field + ": " + shown(value),
                                                withValue(field, value),
                                                field)));
        for (String role : List.of("\"system\"", "1", "null")) {
            body(
                    "role " + role,
                    withMessages("[{\"role\":" + role + ",\"content\":\"x\"}]"),
                    "role");
        }
        for (String content :
                List.of(
                        "1",
                        "null",
                        "{}",
                        "[]",
                        "[1]",
                        "[{}]",
                        "[{\"text\":1}]",
                        "[{\"image\":{}}]",
                        "\"\"")) {
            body(
                    "content " + content,
                    withMessages("[{\"role\":\"user\",\"content\":" + content + "}]"),
                    "content");
        }
        body(
                "two users in a row",
                withMessages(
                        "[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]"),
                "alternate");
    }

    private void numbers() {
        for (String number :
                List.of(
                        "1e400",
                        "-1e400",
                        "1e-400",
                        "-0",
                        "9223372036854775808",
                        "1e999999999",
                        "-9223372036854775809",
                        "9".repeat(99))) {
            body("max_tokens: " + shown(number), withValue("max_tokens", number), "");
            body("deadline_ms: " + shown(number), withValue("deadline_ms", number), "");
        }
        body("temperature: 1e400", withValue("temperature", "1e400"), "");
        body("temperature: 1e999999999", withValue("temperature", "1e999999999"), "");
        for (String number :
                List.of(
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "0x10",
                        "+1",
                        "01",
                        ".5",
                        "1.",
                        "9".repeat(10_000))) {
            body("max_tokens: " + shown(number), withValue("max_tokens", number), "");
            body("temperature: " + shown(number), withValue("temperature", number), "");
        }
        body(
                "a huge number in a tool's schema",
                withValue(
                        "tools",
                        "[{\"toolSpec\":{\"name\":\"t\",\"inputSchema\":{\"json\":{\"a\":1e999999999}}}}]"),
                "");
    }

    private void texts() {
        for (String model :
                List.of(
                        "gpt-4",
                        "nothing",
                        "../../etc/passwd",
                        "amazon.nova-micro-v1:0 ",
                        "AMAZON.NOVA-MICRO-V1:0",
                        "x/amazon.nova-micro-v1:0",
                        "evil.amazon.nova-micro-v1:0",
                        "x".repeat(257))) {
            body("model " + shown(model), withValue("model", "\"" + model + "\""), "model");
        }
        for (String text : List.of("\\u0000", "a\\ud800b", "\\udc00\\ud800", "\\ud83d")) {
            body(
                    "content " + text,
                    withMessages("[{\"role\":\"user\",\"content\":\"" + text + "\"}]"),
                    "content");
            body("system " + text, withValue("system", "\"" + text + "\""), "system");
            body("endpoint " + text, withValue("endpoint", "\"" + text + "\""), "endpoint");
            body("a key " + text, with("\"" + text + "\":1"), "");
        }
        for (String text :
                List.of(
                        "a\\r\\nX-Evil: 1",
                        "a\\nSet-Cookie: b=c",
                        "\\t",
                        "\\u001b[31m",
                        "ünïcödé",
                        "a\\u202eb")) {
            for (String field : List.of("endpoint", "agent_id", "session", "user_id")) {
                body(field + " " + text, withValue(field, "\"" + text + "\""), field);
            }
            body(
                    "metadata " + text,
                    withValue("metadata", "{\"cost_center\":\"" + text + "\"}"),
                    "metadata");
        }
        body("a bare control character", withValue("task", "\"a\u0001b\""), "not JSON");
        bytes("a broken UTF-8 sequence", new byte[] {(byte) 0xC3, 0x28});
        bytes("an overlong NUL", new byte[] {(byte) 0xC0, (byte) 0x80});
        bytes("a surrogate in UTF-8", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
        bytes("half a UTF-8 sequence", new byte[] {(byte) 0xE2, (byte) 0x82});
        bytes("bytes of Latin-1", "é".getBytes(StandardCharsets.ISO_8859_1));
        call(
                "gzip that is none",
                SUBMIT,
                List.of(JSON, "Content-Encoding: gzip", bearer()),
                "no gzip",
                "");
    }

    private void sizes() {
        byte[] tenMiB = new byte[10 << 20];
        Arrays.fill(tenMiB, (byte) ' ');
        add("10 MiB of blanks", SUBMIT, List.of(JSON, bearer()), tenMiB, Set.of(413), "");
        add(
                "a prompt of 10 MiB",
                SUBMIT,
                List.of(JSON, bearer()),
                withMessages("[{\"role\":\"user\",\"content\":\"" + "a".repeat(10 << 20) + "\"}]")
                        .getBytes(StandardCharsets.UTF_8),
                Set.of(413),
                "");
        add(
                "a prompt just above the largest",
                SUBMIT,
                List.of(JSON, bearer()),
                withMessages(
                                "[{\"role\":\"user\",\"content\":\""
                                        + "a".repeat((8 << 20) + (64 << 10))
                                        + "\"}]")
                        .getBytes(StandardCharsets.UTF_8),
                Set.of(413),
                "bytes");
        add(
                "a length that lies",
                SUBMIT,
                List.of(JSON, bearer(), "Content-Length: 99999999999"),
                new byte[0],
                Set.of(413, 400),
                "");
        add(
                "a header of 1 MiB",
                SUBMIT,
                List.of(JSON, bearer(), "X-Big: " + "a".repeat(1 << 20)),
                good(),
                Set.of(414, 431),
                "too long");
        List<String> many = new ArrayList<>(List.of(JSON, bearer()));
        for (int i = 0; i < 5_000; i++) {
            many.add("X-" + i + ": value");
        }
        add("5,000 headers", SUBMIT, many, good(), Set.of(414, 431), "too long");
        add(
                "a path of 100,000 characters",
                "GET /v1/requests/" + "a".repeat(100_000),
                List.of(bearer()),
                new byte[0],
                Set.of(414, 431),
                "too long");
        add(
                "a key of 100,000 characters",
                SUBMIT,
                List.of(JSON, "x-api-key: " + "k".repeat(100_000)),
                good(),
                Set.of(414, 431),
                "too long");
    }

    private void media() {
        for (String type :
                List.of(
                        "text/plain",
                        "application/xml",
                        "multipart/form-data; boundary=x",
                        "application/x-www-form-urlencoded",
                        "nonsense",
                        "*/*")) {
            add(
                    "content type " + type,
                    SUBMIT,
                    List.of("Content-Type: " + type, bearer()),
                    good(),
                    Set.of(415, 400),
                    "");
        }
        add(
                "accepts XML only",
                SUBMIT,
                List.of(JSON, "Accept: application/xml", bearer()),
                good(),
                Set.of(406),
                "");
    }

    private void methodsAndPaths() {
        for (String method : List.of("PUT", "PATCH", "DELETE")) {
            add(
                    method + " where POST is",
                    method + " /v1/requests",
                    List.of(JSON, bearer()),
                    good(),
                    Set.of(405),
                    method);
        }
        add(
                "an unknown method",
                "BREW /v1/requests",
                List.of(JSON, bearer()),
                good(),
                Set.of(400, 405),
                "");
        for (String id :
                List.of(
                        "x",
                        "req_",
                        "req_" + "0".repeat(36),
                        "req_" + "%00".repeat(36),
                        "%2e%2e%2fadmin%2fusage",
                        "..%2f..%2fetc%2fpasswd",
                        "'%20OR%201=1",
                        "%ff%fe")) {
            add(
                    "id " + shown(id),
                    "GET /v1/requests/" + id,
                    List.of(bearer()),
                    new byte[0],
                    Set.of(404, 400),
                    "");
        }
        add(
                "up and out",
                "GET /v1/requests/../admin/usage",
                List.of(bearer()),
                new byte[0],
                Set.of(400, 403, 404),
                "");
        add(
                "out of the dashboard",
                "GET /dashboard/..%2f..%2fapplication.yml",
                List.of(),
                new byte[0],
                Set.of(400, 404),
                "");
        add(
                "out of the dashboard, plainly",
                "GET /dashboard/../../etc/passwd",
                List.of(),
                new byte[0],
                Set.of(400, 404),
                "");
        add("nothing there", "GET /nothing/here", List.of(), new byte[0], Set.of(404), "");
        add(
                "a broken escape",
                "GET /v1/requests/%zz",
                List.of(bearer()),
                new byte[0],
                Set.of(400, 404),
                "");
    }

    private void queries() {
        for (String query :
                List.of(
                        "from=yesterday",
                        "to=%00",
                        "granularity=century",
                        "group=tenant_id",
                        "nope=1",
                        "from=2026-13-45T00:00:00Z",
                        "from=9999999999999999999",
                        "from=2099-01-01T00:00:00Z&to=2098-01-01T00:00:00Z",
                        "from=0001-01-01T00:00:00Z",
                        "granularity=minute&granularity=day")) {
            add(
                    "usage?" + query,
                    "GET /v1/usage?" + query,
                    List.of(bearer()),
                    new byte[0],
                    Set.of(400),
                    "");
        }
    }

    private void deadLetters() {
        String unknown = "dl_01" + "0".repeat(24);
        for (String query :
                List.of(
                        "reason=nonsense",
                        "reason=%00",
                        "status=closed",
                        "tenant=..%2fx",
                        "tenant=A",
                        "limit=0",
                        "limit=1e9",
                        "cursor=req_1",
                        "cursor=dl_" + "z".repeat(26),
                        "from=yesterday",
                        "to=-1",
                        "nope=1",
                        "limit=1&limit=2")) {
            asAdmin("dead letters?" + query, "GET /v1/admin/dead-letters?" + query, Set.of(400));
        }
        for (String id :
                List.of(
                        "x",
                        "dl_",
                        unknown + "0",
                        "%2e%2e%2ftenants",
                        "dl_%00",
                        "%ff",
                        "a%0d%0ab")) {
            asAdmin("dead letter " + id, "GET /v1/admin/dead-letters/" + id, Set.of(404, 400));
            asAdmin(
                    "redrive of " + id,
                    "POST /v1/admin/dead-letters/" + id + "/redrive",
                    Set.of(404, 400));
        }
        asAdmin("no dead letter", "GET /v1/admin/dead-letters/" + unknown, Set.of(404));
        asAdmin(
                "redrive of no dead letter",
                "POST /v1/admin/dead-letters/" + unknown + "/redrive",
                Set.of(404));
        asAdmin(
                "a record of neither kind",
                "GET /v1/admin/dead-letters/" + unknown + "?record=maybe",
                Set.of(400));
        asAdmin("counts?from=x", "GET /v1/admin/dead-letters/counts?from=x", Set.of(400));
        asAdmin("no deletion", "DELETE /v1/admin/dead-letters/" + unknown, Set.of(405));
        for (String call :
                List.of(
                        "GET /v1/admin/dead-letters",
                        "GET /v1/admin/dead-letters/counts",
                        "GET /v1/admin/dead-letters/" + unknown,
                        "POST /v1/admin/dead-letters/" + unknown + "/redrive")) {
            add(
                    call + " with a tenant's key",
                    call,
                    List.of(bearer()),
                    new byte[0],
                    Set.of(403),
                    "administrator");
        }
    }

    private void asAdmin(String name, String call, Set<Integer> statuses) {
        add(name, call, List.of("Authorization: Bearer " + adminKey), new byte[0], statuses, "");
    }

    private void administration() {
        for (String call :
                List.of(
                        "GET /v1/admin/usage",
                        "GET /v1/admin/tenants",
                        "GET /v1/admin/tenants/demo-free",
                        "DELETE /v1/admin/tenants/demo-free")) {
            add(
                    call + " with a tenant's key",
                    call,
                    List.of(bearer()),
                    new byte[0],
                    Set.of(403),
                    "administrator");
        }
        for (String call : List.of(SUBMIT, "GET /v1/usage")) {
            add(
                    call + " with the administrator's key",
                    call,
                    List.of(JSON, "Authorization: Bearer " + adminKey),
                    call.equals(SUBMIT) ? good() : new byte[0],
                    Set.of(403),
                    "");
        }
        for (String wish :
                List.of(
                        "{}",
                        "{\"tenant_id\":\"_admin\",\"tier\":\"free\"}",
                        "{\"tenant_id\":\"Upper\",\"tier\":\"free\"}",
                        "{\"tenant_id\":\"a#b\",\"tier\":\"free\"}",
                        "{\"tenant_id\":\"" + "a".repeat(51) + "\",\"tier\":\"free\"}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"platinum\"}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":1}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"free\",\"overrides\":{\"requests_per_minute\":1e400}}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"free\",\"overrides\":{\"requests_per_minute\":-2}}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"free\",\"overrides\":{\"requests_per_year\":2}}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"free\",\"overrides\":{\"requests_per_minute\":9223372036854775808}}",
                        "{\"tenant_id\":\"hostile-a\",\"tier\":\"free\",\"suspended\":\"yes\"}")) {
            add(
                    "tenant " + shown(wish),
                    "POST /v1/admin/tenants",
                    List.of(JSON, "Authorization: Bearer " + adminKey),
                    wish.getBytes(StandardCharsets.UTF_8),
                    Set.of(400),
                    "");
        }
        add(
                "a tenant twice",
                "POST /v1/admin/tenants",
                List.of(JSON, "Authorization: Bearer " + adminKey),
                "{\"tenant_id\":\"demo-free\",\"tier\":\"free\"}".getBytes(StandardCharsets.UTF_8),
                Set.of(409),
                "demo-free");
        add(
                "a tenant that is not there",
                "GET /v1/admin/tenants/nobody",
                List.of("Authorization: Bearer " + adminKey),
                new byte[0],
                Set.of(404),
                "tenant");
        add(
                "a tenant with a NUL",
                "GET /v1/admin/tenants/a%00b",
                List.of("Authorization: Bearer " + adminKey),
                new byte[0],
                Set.of(400, 404),
                "");
    }

    static byte[] good() {
        return ("{" + MODEL + "," + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static String with(String field) {
        return "{" + MODEL + "," + MESSAGES + "," + field + "}";
    }

    private static String withMessages(String messages) {
        return "{" + MODEL + ",\"messages\":" + messages + "}";
    }

    private static String withValue(String field, String value) {
        String own = "\"" + field + "\":" + value;
        return switch (field) {
            case "model" -> "{" + own + "," + MESSAGES + "}";
            case "messages" -> "{" + MODEL + "," + own + "}";
            default -> with(own);
        };
    }

    private void body(String name, String body, String detail) {
        call(name, SUBMIT, List.of(JSON, bearer()), body, detail);
    }

    private void bytes(String name, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(
                ("{" + MODEL + ",\"messages\":[{\"role\":\"user\",\"content\":\"")
                        .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\"}]}".getBytes(StandardCharsets.UTF_8));
        add(name, SUBMIT, List.of(JSON, bearer()), body.toByteArray(), Set.of(400), "");
    }

    private void call(String name, String line, List<String> headers, String body, String detail) {
        add(name, line, headers, body.getBytes(StandardCharsets.UTF_8), Set.of(400), detail);
    }

    private void add(
            String name,
            String line,
            List<String> headers,
            byte[] body,
            Set<Integer> statuses,
            String detail) {
        calls.add(new Call(name, line, headers, body, statuses, detail));
    }

    private String bearer() {
        return "Authorization: Bearer " + key;
    }

    private static String shown(String text) {
        return text.length() <= 70 ? text : text.substring(0, 70) + "…";
    }
}
