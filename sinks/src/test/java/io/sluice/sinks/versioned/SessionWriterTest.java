package io.sluice.sinks.versioned;

import static io.sluice.sinks.versioned.SessionItems.copy;
import static io.sluice.sinks.versioned.SessionItems.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.SessionItem;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import io.sluice.sinks.aws.FailureKind;
import io.sluice.sinks.session.SessionForm;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/** Copies of conversations through the sink, checkpoints and restores included. */
class SessionWriterTest {
    private final ManualMailbox mailbox = new ManualMailbox(1_000);
    private final MapVersionedStore<SessionItem> store = new MapVersionedStore<>();
    private final VersionedSink<SessionItem> sink =
            new VersionedSink<>(
                    most -> store, new SessionForm(), new VersionedSink.Settings(100, 2, 4));
    private final SimpleVersionedSerializer<SessionItem> serializer =
            sink.getWriterStateSerializer();

    @Test
    void deletedConversationIsNotBroughtBackByWhatARestoreRepeats() throws Exception {
        VersionedWriter<SessionItem> first = sink.createWriter(new ManualContext(mailbox));
        first.write(copy("s", 2, "{}"), null);
        List<SessionItem> checkpoint = reread(first.snapshotState(1));
        first.write(trace("s", 3), null);
        first.flush(true);
        assertThat(store.items.values()).containsExactly(trace("s", 3));

        VersionedWriter<SessionItem> restored =
                sink.restoreWriter(new ManualContext(mailbox), checkpoint);
        restored.flush(true);
        assertThat(store.puts).contains(copy("s", 2, "{}"));
        assertThat(store.items.values()).containsExactly(trace("s", 3));
    }

    @Test
    void deletionThatWasNotWrittenIsWrittenAfterARestore() throws Exception {
        VersionedWriter<SessionItem> first = sink.createWriter(new ManualContext(mailbox));
        first.write(copy("s", 2, "{}"), null);
        first.flush(true);
        first.write(trace("s", 3), null);
        List<SessionItem> checkpoint = reread(first.snapshotState(1));
        assertThat(store.items.values()).containsExactly(copy("s", 2, "{}"));

        sink.restoreWriter(new ManualContext(mailbox), checkpoint).flush(true);
        assertThat(store.items.values()).containsExactly(trace("s", 3));
    }

    @Test
    void failedWriteOfAnOlderCopyEndsAtTheNewest() throws Exception {
        store.failuresToCome.add(FailureKind.RETRY);
        VersionedWriter<SessionItem> writer = sink.createWriter(new ManualContext(mailbox));
        writer.write(copy("s", 2, "{}"), null);
        mailbox.advanceBy(100);
        writer.write(trace("s", 3), null);
        writer.flush(true);

        assertThat(store.items.values()).containsExactly(trace("s", 3));
        assertThat(store.puts).containsExactly(copy("s", 2, "{}"), trace("s", 3));
    }

    /** The file is a promise to savepoints: it is never written again, only joined by others. */
    @Test
    void checkpointOfTheFirstLayoutIsRead() throws Exception {
        try (InputStream golden =
                getClass().getResourceAsStream("/state/v1/unwritten-sessions.json")) {
            assertThat(serializer.deserialize(1, golden.readAllBytes()))
                    .isEqualTo(copy("s", 7, "{\"messages\":[]}"));
        }
    }

    private List<SessionItem> reread(List<SessionItem> state) throws Exception {
        List<SessionItem> read = new ArrayList<>();
        for (SessionItem item : state) {
            read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(item)));
        }
        return read;
    }
}
