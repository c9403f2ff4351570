package io.sluice.contract.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What an event says was used and what it cost is never less than nothing. */
class AmountsTest {
    @Test
    void outcomeThatWouldGiveMoneyBackIsRefused() {
        assertThatThrownBy(() -> EventJson.read(with("cost_pico_usd", "-1")))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("cost_pico_usd: seen -1, expected 0 or more");
        assertThat(EventJson.read(with("cost_pico_usd", "0"))).isNotNull();
    }

    @Test
    void outcomeOfLessThanNoTokensIsRefused() {
        for (String kind : new String[] {"input", "output", "cache_read", "cache_write"}) {
            assertThatThrownBy(() -> EventJson.read(with(kind + "_tokens", "-1")))
                    .as(kind)
                    .isInstanceOf(MalformedJsonException.class)
                    .hasMessageContaining("must not be negative");
        }
    }

    private static byte[] with(String field, String value) {
        String event = new String(EventJson.write(Examples.outcome()), UTF_8);
        String changed = event.replaceFirst("\"" + field + "\":\\d+", "\"" + field + "\":" + value);
        assertThat(changed).as(field).contains("\"" + field + "\":" + value);
        return changed.getBytes(UTF_8);
    }
}
