package io.sluice.local.command.up;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Picks ports on the loopback address: the wanted one, else the last one, else a free one. */
final class Ports {
    private final Set<Integer> taken = new HashSet<>();

    /** A port that must be this one; 0 to prefer the one of an earlier address. */
    int pick(int wanted, @Nullable URI last) throws IOException {
        if (wanted != 0) {
            if (!isFree(wanted)) {
                throw new IOException(
                        "port " + wanted + " is in use: stop what uses it or choose another one");
            }
            return take(wanted);
        }
        if (last != null && last.getPort() > 0 && isFree(last.getPort())) {
            return take(last.getPort());
        }
        int free;
        do {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                free = socket.getLocalPort();
            }
        } while (taken.contains(free));
        return take(free);
    }

    private int take(int port) {
        taken.add(port);
        return port;
    }

    private boolean isFree(int port) {
        if (taken.contains(port)) {
            return false;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
