package io.sluice.objects;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of S3 as the adapter uses, path style and without signatures: PUT with {@code
 * If-None-Match} and a verified {@code x-amz-checksum-sha256}, GET with a range, DELETE,
 * ListObjectsV2.
 */
final class S3Server implements AutoCloseable {
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Stored(byte[] bytes, Instant at) {}

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpServer http;
    private final ConcurrentSkipListMap<String, Stored> objects = new ConcurrentSkipListMap<>();

    /** Statuses to answer the next calls with. */
    final ConcurrentLinkedQueue<Integer> refusals = new ConcurrentLinkedQueue<>();

    S3Server() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** Puts other bytes under a key, as bad hardware would. */
    void spoil(String bucketAndKey, byte[] bytes) {
        objects.put(bucketAndKey, new Stored(bytes, Instant.now()));
    }

    void clear() {
        objects.clear();
    }

    boolean has(String bucketAndKey) {
        return objects.containsKey(bucketAndKey);
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange call) throws IOException {
        try {
            byte[] body = call.getRequestBody().readAllBytes();
            Integer refusal = refusals.poll();
            String path = call.getRequestURI().getPath().substring(1);
            if (refusal != null) {
                error(call, refusal, refusal == 503 ? "SlowDown" : "AccessDenied");
            } else {
                switch (call.getRequestMethod()) {
                    case "PUT" -> put(call, path, body);
                    case "GET" -> {
                        if (path.indexOf('/') < 0 || path.endsWith("/")) {
                            list(call, path.replace("/", ""));
                        } else {
                            get(call, path);
                        }
                    }
                    case "DELETE" -> {
                        objects.remove(path);
                        answer(call, 204, new byte[0]);
                    }
                    default -> error(call, 405, "MethodNotAllowed");
                }
            }
        } finally {
            call.close();
        }
    }

    private void put(HttpExchange call, String path, byte[] body) throws IOException {
        if (!path.startsWith("payloads/")) {
            error(call, 404, "NoSuchBucket");
            return;
        }
        String checksum = call.getRequestHeaders().getFirst("x-amz-checksum-sha256");
        if (checksum == null || !checksum.equals(sha256(body))) {
            error(call, 400, "BadDigest");
            return;
        }
        boolean mustBeNew = "*".equals(call.getRequestHeaders().getFirst("If-None-Match"));
        Stored stored = new Stored(body, Instant.now());
        if (mustBeNew && objects.putIfAbsent(path, stored) != null) {
            error(call, 412, "PreconditionFailed");
            return;
        }
        objects.put(path, stored);
        call.getResponseHeaders().add("ETag", "\"etag\"");
        answer(call, 200, new byte[0]);
    }

    private void get(HttpExchange call, String path) throws IOException {
        Stored stored = objects.get(path);
        if (stored == null) {
            error(call, 404, path.startsWith("payloads/") ? "NoSuchKey" : "NoSuchBucket");
            return;
        }
        String range = call.getRequestHeaders().getFirst("Range");
        int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
        byte[] bytes = Arrays.copyOf(stored.bytes, Math.min(stored.bytes.length, last + 1));
        call.getResponseHeaders()
                .add("Content-Range", "bytes 0-" + (bytes.length - 1) + "/" + stored.bytes.length);
        answer(call, 206, bytes);
    }

    private void list(HttpExchange call, String bucket) throws IOException {
        Map<String, String> query = query(call.getRequestURI().getRawQuery());
        String prefix = bucket + '/' + query.getOrDefault("prefix", "");
        String after = bucket + '/' + query.getOrDefault("start-after", "");
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult>");
        objects.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .limit(Integer.parseInt(query.get("max-keys")))
                .forEach(
                        entry ->
                                xml.append("<Contents><Key>")
                                        .append(entry.getKey().substring(bucket.length() + 1))
                                        .append("</Key><LastModified>")
                                        .append(entry.getValue().at)
                                        .append("</LastModified></Contents>"));
        answer(
                call,
                200,
                xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.split("&")) {
            String[] both = pair.split("=", 2);
            query.put(
                    both[0],
                    both.length == 1 ? "" : URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void error(HttpExchange call, int status, String code) throws IOException {
        String xml =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>"
                        + code
                        + "</Code><Message>as told</Message></Error>";
        answer(call, status, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange call, int status, byte[] body) throws IOException {
        call.getResponseHeaders().add("Content-Type", "application/xml");
        call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            call.getResponseBody().write(body);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
