package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {

    @TempDir Path dir;

    @Test
    void everyCountIsInTheFileBeforeTheLogIsClosed() throws IOException {
        try (CallLog first = new CallLog(dir.resolve("log"))) {
            first.called("a", "");
            first.called("b", "");
            first.called("a", "");
            first.throttled("b", "");
            Path copy = Files.copy(dir.resolve("log"), dir.resolve("copy"));
            try (CallLog second = new CallLog(copy)) {
                assertThat(second.calls()).isEqualTo(Map.of("a", 2L, "b", 1L));
                assertThat(second.throttled()).isEqualTo(Map.of("a", 0L, "b", 1L));
                assertThat(second.arrivals("b", "")).isEqualTo(2);
            }
        }
    }

    @Test
    void regionsAreCountedApartAndAddUp() throws IOException {
        Path file = dir.resolve("log");
        try (CallLog log = new CallLog(file)) {
            log.called("a", "us-east-1");
            log.called("a", "eu-west-1");
            log.throttled("a", "eu-west-1");
            log.unseen("a", "eu-west-1");
            log.called("a", "");
        }
        for (int opened = 0; opened < 2; opened++) {
            try (CallLog log = new CallLog(file)) {
                assertThat(log.calls()).isEqualTo(Map.of("a", 3L));
                assertThat(log.callsByRegion())
                        .isEqualTo(Map.of("us-east-1", 1L, "eu-west-1", 1L, "", 1L));
                assertThat(log.unseen()).isEqualTo(Map.of("a", 1L));
                assertThat(log.arrivals("a", "eu-west-1")).isEqualTo(3);
                assertThat(log.arrivals("a", "")).isEqualTo(5);
            }
        }
    }

    @Test
    void logOfAnEarlierBuildIsRead() throws IOException {
        Path file = Files.writeString(dir.resolve("log"), "ma\nn0 7 2\nc0\n");
        try (CallLog log = new CallLog(file)) {
            assertThat(log.calls()).isEqualTo(Map.of("a", 8L));
            assertThat(log.arrivals("a", "")).isEqualTo(10);
        }
    }

    @Test
    void tornTailIsDropped() throws IOException {
        Path file = dir.resolve("log");
        try (CallLog log = new CallLog(file)) {
            log.called("a", "");
        }
        Files.writeString(file, "c", StandardOpenOption.APPEND);
        try (CallLog log = new CallLog(file)) {
            log.called("a", "");
        }
        try (CallLog log = new CallLog(file)) {
            assertThat(log.calls()).isEqualTo(Map.of("a", 2L));
        }
    }

    @Test
    void strangeLineIsRefusedByName() throws IOException {
        Path file = Files.writeString(dir.resolve("log"), "hello\n");
        assertThatThrownBy(() -> new CallLog(file)).hasMessageContaining("hello");
    }
}
