package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedPartsTest {
    private final List<String> closed = new ArrayList<>();
    private final OpenedParts parts = new OpenedParts();

    private AutoCloseable part(String name) {
        return () -> {
            closed.add(name);
            if (name.startsWith("stuck")) {
                throw new IllegalStateException(name);
            }
        };
    }

    @Test
    void partThatCannotBeClosedKeepsNoOtherOpen() {
        parts.add(part("first"));
        parts.add(part("stuck 1"));
        parts.add(part("second"));
        parts.add(part("stuck 2"));

        assertThatThrownBy(parts::close)
                .hasRootCauseMessage("stuck 2")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));

        assertThat(closed).containsExactly("stuck 2", "second", "stuck 1", "first");
    }

    @Test
    void whatSomebodyTookOverIsTheirs() {
        parts.add(part("first"));
        String owner = parts.takenOverBy("owner");
        parts.close();

        assertThat(owner).isEqualTo("owner");
        assertThat(closed).isEmpty();
    }
}
