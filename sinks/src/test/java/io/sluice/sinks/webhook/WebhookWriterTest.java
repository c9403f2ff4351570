package io.sluice.sinks.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Alert;
import io.sluice.contract.AlertKind;
import io.sluice.sinks.ManualContext;
import io.sluice.sinks.ManualMailbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WebhookWriterTest {
    private static final long START = 1_767_225_600_000L;
    private static final long DAY = 86_400_000;

    private final ManualMailbox mailbox = new ManualMailbox(START);
    private final Receiver receiver = new Receiver();
    private final WebhookWriter writer = writer(List.of(), 3);

    @Test
    void anAlertIsPostedOnce() {
        writer.write(alert(1), null);
        writer.write(alert(1), null);
        mailbox.advanceBy(DAY);
        assertThat(receiver.ids).containsExactly(alert(1).id());
        assertThat(writer.snapshotState(1)).isEmpty();
    }

    @Test
    void aReceiverThatIsDownIsAskedAgainMoreAndMoreSeldom() {
        receiver.status = 503;
        writer.write(alert(1), null);
        mailbox.advanceBy(60_000);
        int firstMinute = receiver.ids.size();
        assertThat(firstMinute).isBetween(4, 20);
        mailbox.advanceBy(3_600_000);
        assertThat(receiver.ids.size() - firstMinute).isLessThan(40);
        assertThat(writer.snapshotState(1)).containsExactly(alert(1));
        receiver.status = 204;
        mailbox.advanceBy(3_600_001);
        assertThat(writer.snapshotState(2)).isEmpty();
    }

    @Test
    void oneThatNeverAnswersNeitherBlocksNorPilesUp() throws InterruptedException {
        receiver.silent = true;
        for (int i = 0; i < 10; i++) {
            writer.write(alert(i), null);
        }
        writer.flush(false);
        assertThat(receiver.ids).hasSize(3);
        assertThat(writer.snapshotState(1)).hasSize(3);
        assertThat(writer.dropped()).isEqualTo(7);
    }

    @Test
    void theOldestMakesRoomForTheNewest() {
        receiver.status = 500;
        for (int i = 0; i < 5; i++) {
            writer.write(alert(i), null);
            mailbox.deliverAll();
        }
        assertThat(writer.snapshotState(1)).containsExactly(alert(2), alert(3), alert(4));
        assertThat(writer.dropped()).isEqualTo(2);
    }

    @Test
    void aReceiverThatIsGoneIsLeftAlone() {
        receiver.status = 410;
        writer.write(alert(1), null);
        mailbox.advanceBy(DAY);
        assertThat(receiver.ids).hasSize(1);
        assertThat(writer.dropped()).isEqualTo(1);
    }

    @Test
    void afterAboutADayAnAlertIsGivenUp() {
        receiver.status = 500;
        writer.write(alert(1), null);
        mailbox.advanceBy(3 * DAY);
        assertThat(receiver.ids).hasSize(50);
        assertThat(writer.snapshotState(1)).isEmpty();
        assertThat(writer.dropped()).isEqualTo(1);
    }

    @Test
    void whatACheckpointHeldIsPostedAgainUnderTheSameId() throws IOException {
        receiver.silent = true;
        writer.write(alert(1), null);
        List<Alert> state = new ArrayList<>();
        AlertStateSerializer serializer = new AlertStateSerializer();
        for (Alert alert : writer.snapshotState(1)) {
            state.add(serializer.deserialize(1, serializer.serialize(alert)));
        }
        receiver.silent = false;
        WebhookWriter restored = writer(state, 3);
        mailbox.deliverAll();
        assertThat(receiver.ids).containsExactly(alert(1).id(), alert(1).id());
        assertThat(restored.snapshotState(2)).isEmpty();
    }

    private WebhookWriter writer(List<Alert> restored, int mostWaiting) {
        WebhookSettings settings =
                WebhookSettings.of("http://127.0.0.1/hook", "a secret of at least 24 bytes");
        return new WebhookSink(settings, () -> receiver, mostWaiting)
                .restoreWriter(new ManualContext(mailbox), restored);
    }

    private static Alert alert(int seq) {
        return Alert.ofTenant(
                AlertKind.SPEND_ANOMALY, "acme", "hour", seq, START, Map.of("spent_usd", "1"));
    }

    /** A receiver that answers as it is told. */
    private static final class Receiver implements WebhookPoster {
        private final List<String> ids = new ArrayList<>();
        private int status = 200;
        private boolean silent;

        @Override
        public CompletableFuture<Integer> post(
                String id, long atSeconds, String signature, byte[] body) {
            ids.add(id);
            return silent ? new CompletableFuture<>() : CompletableFuture.completedFuture(status);
        }
    }
}
