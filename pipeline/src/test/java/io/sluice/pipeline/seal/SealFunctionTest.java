package io.sluice.pipeline.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.audit.Ed25519Keys;
import io.sluice.contract.json.SignedDigestJson;
import io.sluice.sinks.archive.FlinkArchiveStore;
import io.sluice.sinks.seal.Anchor;
import io.sluice.sinks.seal.AnchorStore;
import io.sluice.sinks.seal.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.functions.source.SourceFunction;
import org.apache.flink.streaming.api.operators.StreamSource;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings({"deprecation", "try"}) // a SourceFunction; a harness that closes by throwing
class SealFunctionTest {
    private static final long NINE = 1_795_770_000_000L; // 2026-11-27T09:00:00Z

    private final UnreliableAnchor anchor = new UnreliableAnchor();
    private final List<Long> numbers = new ArrayList<>();

    @TempDir private Path folder;

    @Test
    void digestIsTakenAtTheStartAndAfterEachInterval() throws Exception {
        run(this::sealer, 3);
        assertThat(numbers).containsExactly(1L, 2L, 3L);
        try (Stream<Path> files = Files.list(folder.resolve("digests/date=2026-11-27"))) {
            Path first = files.sorted().findFirst().orElseThrow();
            assertThat(SignedDigestJson.digest(Files.readAllBytes(first)).toMillis())
                    .as("by the machine's clock")
                    .isEqualTo(NINE);
        }
    }

    @Test
    void whatCannotBeSealedIsTriedAgainAndEndsNothing() throws Exception {
        anchor.failures = 3;
        run(this::sealer, 2);
        assertThat(numbers).containsExactly(1L, 2L);
        assertThat(anchor.failures).isZero();
    }

    @Test
    void withoutAKeyNothingIsSealedAndTheJobRuns() throws Exception {
        run(() -> null, 0);
        assertThat(numbers).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void keyThatCannotBeReadIsToldAtTheStart() {
        assertThatThrownBy(
                        () ->
                                run(
                                        () -> {
                                            throw new IOException("no key");
                                        },
                                        1))
                .hasMessageContaining("no key");
    }

    private Sealer sealer() throws IOException {
        return new Sealer(
                FlinkArchiveStore.at(folder.toUri().toString()),
                anchor,
                Ed25519Keys.signing(Ed25519Keys.generate()),
                Duration.ofDays(8));
    }

    /** Runs until so many digests are taken. */
    private void run(SealerFactory sealers, int digests) throws Exception {
        SealFunction function = new SealFunction(sealers, Duration.ofMillis(1));
        try (AbstractStreamOperatorTestHarness<Long> harness =
                new AbstractStreamOperatorTestHarness<>(new StreamSource<>(function), 1, 1, 0)) {
            harness.setProcessingTime(NINE);
            harness.open();
            if (digests == 0) {
                function.cancel();
            }
            function.run(
                    new Taken() {
                        @Override
                        public void collect(Long number) {
                            numbers.add(number);
                            if (numbers.size() == digests) {
                                function.cancel();
                            }
                        }
                    });
        }
    }

    private abstract static class Taken implements SourceFunction.SourceContext<Long> {
        @Override
        public void collectWithTimestamp(Long element, long timestamp) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void emitWatermark(Watermark mark) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void markAsTemporarilyIdle() {}

        @Override
        public Object getCheckpointLock() {
            return this;
        }

        @Override
        public void close() {}
    }

    /** Fails a few times before it works. */
    private static final class UnreliableAnchor implements AnchorStore {
        private int failures;
        private @Nullable Anchor anchor;

        @Override
        public @Nullable Anchor read() {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("made to fail");
            }
            return anchor;
        }

        @Override
        public boolean replace(@Nullable Anchor before, Anchor next) {
            anchor = next;
            return true;
        }

        @Override
        public void close() {}
    }
}
