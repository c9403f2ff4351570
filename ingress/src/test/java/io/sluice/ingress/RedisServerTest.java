package io.sluice.ingress;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RedisServerTest {
    @Test
    void withoutItTheTestIsSkippedAndSaysSoButUnderCiItMustBeThere() {
        assertThatThrownBy(() -> RedisServer.require(Optional.empty(), false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("redis-server");
        assertThatThrownBy(() -> RedisServer.require(Optional.empty(), true))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("redis-server");
        assertThatCode(() -> RedisServer.require(Optional.of(Path.of("there")), true))
                .doesNotThrowAnyException();
    }
}
