package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CuttingProxyTest {
    private ServerSocket echo;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread server = new Thread(this::echo);
        server.setDaemon(true);
        server.start();
        proxy = CuttingProxy.to(echo.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void everythingGetsThroughAndBack() throws IOException {
        try (Socket socket = connect()) {
            String text = "x".repeat(100_000);
            Thread writer = new Thread(() -> write(socket, text));
            writer.start();
            assertThat(socket.getInputStream().readNBytes(text.length())).hasSize(text.length());
        }
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void endOfOneDirectionIsPassedOn() throws IOException {
        try (Socket socket = connect()) {
            write(socket, "bye");
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("bye");
        }
    }

    @Test
    void oneConnectionIsLostAndTheOthersGoOn() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            assertThat(says(first, "a")).isEqualTo("a");
            assertThat(says(second, "b")).isEqualTo("b");
            assertThat(proxy.cutOne(new Random(1))).isTrue();
            await().until(() -> proxy.connections() == 1);
            int alive = 0;
            for (Socket socket : new Socket[] {first, second}) {
                try {
                    alive += says(socket, "c").equals("c") ? 1 : 0;
                } catch (IOException lost) {
                    assertThat(lost).isNotNull();
                }
            }
            assertThat(alive).isEqualTo(1);
        }
    }

    @Test
    void nothingToCutIsSaid() {
        assertThat(proxy.cutOne(new Random(1))).isFalse();
    }

    @Test
    void newConnectionsAreTurnedAwayWhileItRefuses() throws IOException {
        try (Socket before = connect()) {
            assertThat(says(before, "a")).isEqualTo("a");
            proxy.refuse(true);
            assertThatThrownBy(
                            () -> {
                                try (Socket socket = connect()) {
                                    assertThat(says(socket, "b")).isEqualTo("b");
                                }
                            })
                    .satisfies(e -> assertThat(proxy.connections()).isEqualTo(1));
            assertThat(says(before, "c")).isEqualTo("c");
            proxy.calm();
            try (Socket after = connect()) {
                assertThat(says(after, "d")).isEqualTo("d");
            }
        }
    }

    @Test
    void callerOfAServiceThatIsGoneSeesABrokenConnection() throws IOException {
        echo.close();
        assertThatThrownBy(
                        () -> {
                            try (Socket socket = connect()) {
                                assertThat(says(socket, "a")).isEqualTo("a");
                            }
                        })
                .isNotNull();
        assertThat(proxy.connections()).isZero();
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    /** What comes back; empty when the connection ended. */
    private static String says(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return new String(
                socket.getInputStream().readNBytes(text.length()), StandardCharsets.UTF_8);
    }

    private static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void echo() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread thread = new Thread(() -> echo(socket));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed by the test.
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // Cut by the test.
        }
    }
}
