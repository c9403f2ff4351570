package io.sluice.sinks.cloudwatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.GZIPInputStream;

/** Takes PutMetricData calls in the query protocol, keeps their fields and answers as told. */
final class RecordingMetricServer implements AutoCloseable {
    final Queue<Map<String, String>> calls = new ConcurrentLinkedQueue<>();
    final Queue<Integer> statusesToCome = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    RecordingMetricServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body =
                zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
        calls.add(fields(new String(body.readAllBytes(), StandardCharsets.UTF_8)));
        Integer status = statusesToCome.poll();
        byte[] answer = xml(status).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status == null ? 200 : status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String xml(Integer failure) {
        return failure == null
                ? "<PutMetricDataResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">"
                        + "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                        + "</PutMetricDataResponse>"
                : "<ErrorResponse><Error><Code>Throttling</Code><Message>slow down</Message>"
                        + "</Error><RequestId>r</RequestId></ErrorResponse>";
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&")) {
            int equals = pair.indexOf('=');
            fields.put(
                    pair.substring(0, equals),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return fields;
    }
}
