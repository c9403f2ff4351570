package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.UsageItems.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.UsageItem;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.FailureKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionedWriterTest {
    private final ManualMailbox mailbox = new ManualMailbox(1_000);
    private final MapVersionedStore<UsageItem> store = new MapVersionedStore<>();
    private final VersionedWriter<UsageItem> writer = writer(new VersionedSink.Settings(500, 2, 3));

    private VersionedWriter<UsageItem> writer(VersionedSink.Settings settings) {
        return writer(settings, List.of());
    }

    private VersionedWriter<UsageItem> writer(
            VersionedSink.Settings settings, List<UsageItem> unwritten) {
        ManualContext context = new ManualContext(mailbox);
        return new VersionedWriter<>(
                settings,
                "usage",
                store,
                mailbox,
                mailbox,
                context.metricGroup(),
                new Backoff(100, 5_000, bound -> bound - 1),
                unwritten);
    }

    @Test
    void countsOfHalfASecondAreOneWrite() throws Exception {
        for (int version = 1; version <= 100; version++) {
            writer.write(usage("a", 0, version), null);
        }
        mailbox.advanceBy(499);
        assertThat(store.puts).isEmpty();

        mailbox.advanceBy(1);
        assertThat(store.puts).containsExactly(usage("a", 0, 100));
    }

    @Test
    void checkpointAwaitsNothingAndKeepsWhatIsNotWritten() throws Exception {
        store.holding = true;
        writer.write(usage("a", 0, 1), null);
        writer.write(usage("b", 0, 1), null);
        mailbox.advanceBy(1_000);
        writer.write(usage("b", 0, 2), null);
        writer.write(usage("c", 0, 1), null);
        assertThat(store.held).hasSize(2);

        writer.flush(false);

        assertThat(writer.snapshotState(1))
                .containsExactlyInAnyOrder(usage("a", 0, 1), usage("b", 0, 2), usage("c", 0, 1));
    }

    @Test
    void whatIsWrittenLeavesTheCheckpoint() throws Exception {
        writer.write(usage("a", 0, 1), null);
        mailbox.advanceBy(500);

        assertThat(writer.snapshotState(1)).isEmpty();
    }

    @Test
    void restoredWindowsAreWrittenUnlessNewerCountsCome() throws Exception {
        VersionedWriter<UsageItem> restored =
                writer(
                        new VersionedSink.Settings(500, 2, 3),
                        List.of(usage("a", 0, 1), usage("b", 0, 1)));
        restored.write(usage("b", 0, 2), null);
        mailbox.advanceBy(500);

        assertThat(store.puts).containsExactlyInAnyOrder(usage("a", 0, 1), usage("b", 0, 2));
    }

    @Test
    void endOfInputWritesAndAwaitsEverything() throws Exception {
        writer.write(usage("a", 0, 1), null);
        writer.write(usage("b", 0, 1), null);
        writer.write(usage("c", 0, 1), null);

        writer.flush(true);

        assertThat(store.items).hasSize(3);
        assertThat(mailbox.getCurrentProcessingTime()).isLessThan(1_500);
    }

    @Test
    void endOfInputOutlastsTransientFailures() throws Exception {
        store.failuresToCome.add(FailureKind.RETRY);
        store.failuresToCome.add(FailureKind.RETRY);
        writer.write(usage("a", 0, 1), null);

        writer.flush(true);

        assertThat(store.items.values()).containsExactly(usage("a", 0, 1));
        assertThat(store.puts).hasSize(3);
    }

    @Test
    void repeatsWaitLongerEachTime() throws Exception {
        store.failuresToCome.add(FailureKind.RETRY);
        store.failuresToCome.add(FailureKind.RETRY);
        writer.write(usage("a", 0, 1), null);

        mailbox.advanceTo(1_500 + 99);
        assertThat(store.puts).hasSize(1);
        mailbox.advanceTo(1_500 + 100);
        assertThat(store.puts).hasSize(2);
        mailbox.advanceTo(1_500 + 100 + 199);
        assertThat(store.puts).hasSize(2);
        mailbox.advanceTo(1_500 + 100 + 200);
        assertThat(store.puts).hasSize(3);
    }

    @Test
    void fatalFailureStopsTheJob() throws Exception {
        store.failuresToCome.add(FailureKind.FATAL);
        writer.write(usage("a", 0, 1), null);

        assertThatThrownBy(() -> mailbox.advanceBy(500))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("usage of a cannot be stored");
    }

    @Test
    void somethingNewerInTheStoreIsSuccess() throws Exception {
        store.putIfNewer(usage("a", 0, 9)).join();
        writer.write(usage("a", 0, 8), null);

        writer.flush(true);

        assertThat(store.items.values()).containsExactly(usage("a", 0, 9));
    }

    @Test
    void neverMoreWritesAtOnceThanAllowed() throws Exception {
        store.holding = true;
        writer.write(usage("a", 0, 1), null);
        writer.write(usage("b", 0, 1), null);
        writer.write(usage("c", 0, 1), null);
        mailbox.advanceBy(1_000);
        assertThat(store.held).hasSize(2);

        store.held.remove().run();
        mailbox.deliverAll();
        assertThat(store.held).hasSize(2);
        assertThat(store.puts).hasSize(3);
    }

    @Test
    void fullBufferMakesRoomBeforeItTakesMore() throws Exception {
        for (int minute = 0; minute < 10; minute++) {
            writer.write(usage("a", minute, 1), null);
        }

        assertThat(store.items).hasSizeGreaterThanOrEqualTo(7);
        writer.flush(true);
        assertThat(store.items).hasSize(10);
    }
}
