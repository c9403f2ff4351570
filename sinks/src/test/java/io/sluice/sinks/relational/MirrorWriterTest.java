package io.sluice.sinks.relational;

import static io.sluice.sinks.relational.MirrorRows.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MirrorWriterTest {
    private final ManualMailbox mailbox = new ManualMailbox(1_000);
    private final MapMirrorStore store = new MapMirrorStore();
    private final MirrorWriter writer = writer(1 << 20, List.of());

    private MirrorWriter writer(long mostBytes, List<MirrorRow> unwritten) {
        MirrorSettings settings =
                MirrorSettings.of("jdbc:postgresql://localhost/finance", "mirror", "secret")
                        .withBacklogBytes(mostBytes);
        return new MirrorSink(() -> store, settings)
                .restoreWriter(new ManualContext(mailbox), unwritten);
    }

    @Test
    void rowsAreWrittenTogetherAfterASecond() throws Exception {
        writer.write(usage("a", 0, 1), null);
        writer.write(usage("a", 1, 1), null);
        writer.write(usage("a", 0, 2), null);
        mailbox.advanceBy(999);
        assertThat(store.writes).isEmpty();

        mailbox.advanceBy(1);

        assertThat(store.writes).containsExactly(List.of(usage("a", 0, 2), usage("a", 1, 1)));
        assertThat(writer.snapshotState(1)).isEmpty();
    }

    @Test
    void neitherRecordsNorCheckpointsWaitForADatabaseThatIsAway() throws Exception {
        store.away.add("");
        List<MirrorRow> rows = new ArrayList<>();
        for (int minute = 0; minute < 100; minute++) {
            rows.add(usage("a", minute, 1));
            writer.write(usage("a", minute, 1), null);
            mailbox.advanceBy(100);
        }
        writer.flush(false);
        List<MirrorRow> checkpoint = throughBytes(writer.snapshotState(1));
        assertThat(checkpoint).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(store.writes).hasSizeLessThan(30);

        store.away.clear();
        MirrorWriter restored = writer(1 << 20, checkpoint);
        mailbox.advanceBy(30_000);

        assertThat(store.rowsOf("").values()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(restored.snapshotState(2)).isEmpty();
    }

    @Test
    void whatIsUnderWayIsInTheCheckpoint() throws Exception {
        store.holding = true;
        writer.write(usage("a", 0, 1), null);
        mailbox.advanceBy(1_000);
        assertThat(store.held).hasSize(1);
        assertThat(writer.snapshotState(1)).containsExactly(usage("a", 0, 1));

        writer.write(usage("a", 0, 2), null);
        assertThat(writer.snapshotState(2)).containsExactly(usage("a", 0, 2));
    }

    @Test
    void fullBacklogMakesTheJobWaitAndDropsNothing() throws Exception {
        MirrorWriter small = writer(3_000, List.of());
        store.away.add("");
        int held = 0;
        for (; held < 100; held++) {
            MirrorRow next = usage("a", held, 1);
            if (small.snapshotState(1).size() >= 3) {
                break;
            }
            small.write(next, null);
        }
        // A version of what waits takes no room; the store is back before the next row is let in.
        small.write(usage("a", 0, 2), null);
        backAt(mailbox.getCurrentProcessingTime() + 60_000);
        for (int minute = held; minute < 20; minute++) {
            small.write(usage("a", minute, 1), null);
        }
        assertThat(mailbox.getCurrentProcessingTime()).isGreaterThanOrEqualTo(61_000);

        small.flush(true);
        assertThat(store.rowsOf("")).hasSize(20).containsValue(usage("a", 0, 2));
    }

    @Test
    void endOfInputAwaitsEverything() throws Exception {
        store.away.add("");
        writer.write(usage("a", 0, 1), null);
        backAt(5_000);

        writer.flush(true);

        assertThat(store.rowsOf("")).hasSize(1);
    }

    @Test
    void tenantsDatabaseThatIsAwayHoldsUpNoOther() throws Exception {
        store.away.add("orchestrator_b");
        writer.write(MirrorRow.of(MirrorRows.item("b", 0, 1).build(), true), null);
        writer.write(usage("a", 0, 1), null);
        mailbox.advanceBy(1_000);

        assertThat(store.rowsOf("").values()).containsExactly(usage("a", 0, 1));
        assertThat(writer.snapshotState(1)).hasSize(1);
        store.away.clear();
        mailbox.advanceBy(20_000);
        assertThat(store.rowsOf("orchestrator_b")).hasSize(1);
    }

    @Test
    void refusedRowIsKeptAndTheOthersAreWritten() throws Exception {
        store.refused = usage("a", 3, 1)::equals;
        for (int minute = 0; minute < 10; minute++) {
            writer.write(usage("a", minute, 1), null);
        }
        mailbox.advanceBy(1_000);
        assertThat(store.rowsOf("")).hasSize(9);
        assertThat(writer.snapshotState(1)).containsExactly(usage("a", 3, 1));

        store.refused = row -> false;
        mailbox.advanceBy(DatabaseBacklog.REFUSED_MILLIS);
        assertThat(store.rowsOf("")).hasSize(10);
    }

    @Test
    void stateOfANewerBuildIsRefused() {
        MirrorStateSerializer serializer = new MirrorStateSerializer();
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[1]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected 1");
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[] {9}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("seen layout version 9");
    }

    private void backAt(long atMillis) {
        var unused = mailbox.registerTimer(atMillis, at -> store.away.clear());
    }

    private static List<MirrorRow> throughBytes(List<MirrorRow> rows) throws IOException {
        MirrorStateSerializer serializer = new MirrorStateSerializer();
        List<MirrorRow> read = new ArrayList<>();
        for (MirrorRow row : rows) {
            read.add(serializer.deserialize(1, serializer.serialize(row)));
        }
        return read;
    }
}
