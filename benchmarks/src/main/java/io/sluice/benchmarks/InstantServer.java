package io.sluice.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * A bare HTTP server that answers 202 at once: what the load generator measures against it is the
 * generator's own latency. A process of its own, as the system under test is.
 */
public final class InstantServer {
    private InstantServer() {}

    /** Prints its base address and serves until its standard input ends. */
    public static void main(String[] args) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().add("Location", "/v1/requests/none");
                    exchange.sendResponseHeaders(202, -1);
                    exchange.close();
                });
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
        while (System.in.read() >= 0) {
            // The parent holds the other end.
        }
        server.stop(0);
        System.exit(0);
    }
}
