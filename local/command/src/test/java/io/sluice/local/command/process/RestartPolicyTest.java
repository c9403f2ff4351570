package io.sluice.local.command.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
    private final RestartPolicy policy =
            new RestartPolicy(3, Duration.ofMinutes(1), Duration.ofMillis(250));

    @Test
    void delayDoublesWithEachRestartInTheWindow() {
        assertThat(policy.next(0)).contains(Duration.ofMillis(250));
        assertThat(policy.next(1_000)).contains(Duration.ofMillis(500));
        assertThat(policy.next(2_000)).contains(Duration.ofSeconds(1));
    }

    @Test
    void oneRestartTooManyInTheWindowIsRefused() {
        policy.next(0);
        policy.next(0);
        policy.next(0);
        assertThat(policy.next(60_000)).isEmpty();
    }

    @Test
    void restartsOutsideTheWindowAreForgotten() {
        policy.next(0);
        policy.next(0);
        policy.next(0);
        assertThat(policy.next(60_001)).contains(Duration.ofMillis(250));
    }
}
