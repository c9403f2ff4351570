package io.sluice.pipeline.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2026-11-25T10:00:00Z, 2026-11-25T10:00:00Z",
        "2026-11-25t10:00:00z, 2026-11-25T10:00:00Z",
        "2026-11-25 10:00:00Z, 2026-11-25T10:00:00Z",
        "2026-11-25T10:00:00.5Z, 2026-11-25T10:00:00.500Z",
        "2026-11-25T10:00:00.123999999999Z, 2026-11-25T10:00:00.123Z",
        "2026-11-25T10:00:00+01:30, 2026-11-25T08:30:00Z",
        "2026-11-25T23:59:59.999-00:01, 2026-11-26T00:00:59.999Z",
        "2026-11-25T10:00:00-00:00, 2026-11-25T10:00:00Z",
        "2026-11-25T10:00:00+23:59, 2026-11-24T10:01:00Z",
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
    })
    void timeIsReadToTheMillisecond(String text, Instant expected) {
        assertThat(Rfc3339.millis(text)).hasValue(expected.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-25",
                "2026-11-25T10:00:00",
                "2026-11-25T10:00Z",
                "2026-11-25T10:00:00.Z",
                "2026-11-25T10:00:00+0100",
                "2026-11-25T10:00:00+24:00",
                "2026-11-25T10:00:00+01:60",
                "2026-11-25T24:00:00Z",
                "2026-11-25T10:60:00Z",
                "2026-11-25T10:00:61Z",
                "2026-13-01T10:00:00Z",
                "2026-02-29T10:00:00Z",
                "2026-11-25T10:00:00Z ",
                "+2026-11-25T10:00:00Z",
                "٢٠٢٦-11-25T10:00:00Z",
                "1790000000000"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThat(Rfc3339.millis(text)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void leapSecondIsTheEndOfItsDay() {
        long end = Instant.parse("2016-12-31T23:59:59.999Z").toEpochMilli();
        assertThat(Rfc3339.millis("2016-12-31T23:59:60Z")).hasValue(end);
        assertThat(Rfc3339.millis("2017-01-01T00:59:60.5+01:00")).hasValue(end);
        assertThat(Rfc3339.millis("2016-12-31T22:59:60Z")).isEmpty();
    }
}
