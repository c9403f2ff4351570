package io.sluice.ingress.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=20|20",
                "wait = 5|5",
                "respond-async, wait=7|7",
                "respond-async; wait=7|7",
                "wait=\"3\"|3",
                "wait=600|60",
                "wait=999999999|60",
                "wait=0|0",
                "wait=-1|0",
                "wait=abc|0",
                "wait=9999999999|0",
                "await=5|0",
                "return=minimal|0"
            })
    void waitIsReadAndCappedAndWhatIsNotUnderstoodIsIgnored(String header, long seconds) {
        assertThat(Prefer.wait(header)).hasSeconds(seconds);
    }
}
