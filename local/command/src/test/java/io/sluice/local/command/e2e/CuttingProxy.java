package io.sluice.local.command.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A TCP relay on the loopback address that can lose connections, hold bytes back and turn callers
 * away. It knows nothing of what it carries. Lost connections end by a reset on both sides, in the
 * middle of whatever was under way. Thread-safe.
 */
final class CuttingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 1_024;

    private final ServerSocket listener;
    private final int target;
    private final Set<Relay> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "cutting-proxy");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile boolean refusing;
    private volatile long delayNanos;

    private CuttingProxy(ServerSocket listener, int target) {
        this.listener = listener;
        this.target = target;
    }

    /** Relays to that port of the loopback address, which need not be open yet. */
    static CuttingProxy to(int target) throws IOException {
        ServerSocket listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        CuttingProxy proxy = new CuttingProxy(listener, target);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** The port to connect to. */
    int port() {
        return listener.getLocalPort();
    }

    /** The base address of an HTTP service behind it. */
    String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** Connections open at this moment. */
    int connections() {
        return open.size();
    }

    /** Loses one connection, chosen by the random numbers; whether there was one. */
    boolean cutOne(Random random) {
        List<Relay> all = new ArrayList<>(open);
        if (all.isEmpty()) {
            return false;
        }
        all.sort(Comparator.comparingLong(relay -> relay.number));
        all.get(random.nextInt(all.size())).cut();
        return true;
    }

    /** Loses all connections. */
    void cutAll() {
        open.forEach(Relay::cut);
    }

    /** From now on resets new connections at once, or no longer does; open ones go on. */
    void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Holds everything back for that long in either direction, from the next bytes on. */
    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Neither delays nor refuses any more. */
    void calm() {
        refuse(false);
        delay(Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    reset(client);
                } else {
                    threads.execute(() -> relay(client));
                }
            } catch (IOException e) {
                // Closed, or a caller that left at once: the loop tells which.
            }
        }
    }

    private void relay(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), target),
                    CONNECT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            // Nobody there: the caller sees a connection that breaks.
            reset(server);
            reset(client);
            return;
        }
        Relay relay = new Relay(numbers.incrementAndGet(), client, server);
        open.add(relay);
        threads.execute(() -> relay.pump(server, client));
        relay.pump(client, server);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is what was wanted.
        }
    }

    /** A pair of connections. */
    private final class Relay {
        private final long number;
        private final Socket client;
        private final Socket server;
        private boolean halfOver;

        Relay(long number, Socket client, Socket server) {
            this.number = number;
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    if (delayNanos > 0) {
                        LockSupport.parkNanos(delayNanos);
                    }
                    out.write(buffer, 0, n);
                }
                to.shutdownOutput();
                endHalf();
            } catch (IOException e) {
                cut();
            }
        }

        void cut() {
            open.remove(this);
            reset(client);
            reset(server);
        }

        /** One direction is over; with the other the connection is. */
        private synchronized void endHalf() throws IOException {
            if (halfOver) {
                open.remove(this);
                client.close();
                server.close();
            }
            halfOver = true;
        }
    }
}
