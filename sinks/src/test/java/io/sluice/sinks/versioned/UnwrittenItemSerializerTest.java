package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.UsageItems.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Retention;
import io.sluice.contract.UsageItem;
import io.sluice.sinks.usage.UsageForm;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class UnwrittenItemSerializerTest {
    private final UnwrittenItemSerializer<UsageItem> serializer =
            new UnwrittenItemSerializer<>(new UsageForm(Retention.USUAL));

    @Test
    void readsWhatItWrote() throws Exception {
        UsageItem item = usage("a", 3, 7);
        assertThat(serializer.deserialize(1, serializer.serialize(item))).isEqualTo(item);
    }

    /** The file is a promise to savepoints: it is never written again, only joined by others. */
    @Test
    void readsTheFirstLayout() throws Exception {
        try (InputStream golden =
                getClass().getResourceAsStream("/state/v1/unwritten-usage.json")) {
            assertThat(serializer.deserialize(1, golden.readAllBytes()))
                    .isEqualTo(usage("a", 3, 7));
        }
    }

    @Test
    void refusesALayoutItDoesNotKnow() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("seen layout version 2, expected 1");
    }
}
