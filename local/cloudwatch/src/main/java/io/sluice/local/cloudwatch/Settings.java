package io.sluice.local.cloudwatch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * Where a server keeps its files, which port it binds on the loopback address, and what time it is.
 *
 * @param dataDir directory of the metric log; created when absent
 * @param port TCP port, 0 for any free one
 * @param clock judges the age of data
 * @param retention how long minutes are kept; CloudWatch keeps one-minute data for 15 days
 */
public record Settings(Path dataDir, int port, Clock clock, Duration retention) {

    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", expected 0 to 65535");
        }
        if (retention.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "retention is " + retention + ", expected at least a minute");
        }
    }

    /** Settings with a free port, the system's clock and CloudWatch's retention. */
    public static Settings in(Path dataDir) {
        return new Settings(dataDir, 0, Clock.systemUTC(), Duration.ofDays(15));
    }

    /** The same with another port. */
    public Settings withPort(int newPort) {
        return new Settings(dataDir, newPort, clock, retention);
    }

    /** The same with another clock. */
    public Settings withClock(Clock newClock) {
        return new Settings(dataDir, port, newClock, retention);
    }
}
