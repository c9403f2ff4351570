package io.sluice.local.command.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final Ports ports = new Ports();

    @Test
    void portOfTheLastStartIsTakenAgain() throws IOException {
        int last = ports.pick(0, null);
        assertThat(new Ports().pick(0, URI.create("http://127.0.0.1:" + last))).isEqualTo(last);
    }

    @Test
    void takenPortOfTheLastStartIsPassedOver() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            URI last = URI.create("http://127.0.0.1:" + other.getLocalPort());
            assertThat(ports.pick(0, last)).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void samePortIsNotGivenTwice() throws IOException {
        int first = ports.pick(0, null);
        assertThat(ports.pick(0, URI.create("http://127.0.0.1:" + first))).isNotEqualTo(first);
    }

    @Test
    void wantedPortThatIsTakenIsRefusedByItsNumber() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ports.pick(other.getLocalPort(), null))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is in use");
        }
    }
}
