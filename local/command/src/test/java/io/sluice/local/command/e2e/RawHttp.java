package io.sluice.local.command.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** Sends requests byte by byte as they are given: no client in between corrects what is wrong. */
final class RawHttp {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final String host;
    private final int port;

    RawHttp(String base) {
        URI uri = URI.create(base);
        this.host = uri.getHost();
        this.port = uri.getPort();
    }

    /**
     * What came back.
     *
     * @param status of the status line
     * @param headers as they came
     * @param body decoded as UTF-8; chunks are not put together
     */
    record Answer(int status, List<String> headers, String body) {
        String header(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(line -> line.substring(start.length()).trim())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Sends a request with these header lines; length and connection are added. */
    Answer send(String requestLine, List<String> headers, byte[] body) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(
                (requestLine
                                + " HTTP/1.1\r\nHost: "
                                + host
                                + ":"
                                + port
                                + "\r\nConnection: close\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        for (String header : headers) {
            head.writeBytes((header + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        if (body.length > 0) {
            head.writeBytes(
                    ("Content-Length: " + body.length + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
        head.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            // A server may answer and hang up before it has read everything.
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    out.write(head.toByteArray());
                                    out.write(body);
                                    out.flush();
                                } catch (IOException e) {
                                    // What it answered counts.
                                }
                            });
            byte[] answer = readAll(socket.getInputStream());
            writing.join();
            return parse(answer);
        }
    }

    private static byte[] readAll(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                all.write(buffer, 0, n);
            }
        } catch (IOException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return all.toByteArray();
    }

    private static Answer parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no HTTP answer: '" + text + "'");
        }
        List<String> lines = Arrays.asList(text.substring(0, end).split("\r\n"));
        return new Answer(
                Integer.parseInt(lines.get(0).split(" ")[1]),
                lines.subList(1, lines.size()),
                text.substring(end + 4));
    }
}
