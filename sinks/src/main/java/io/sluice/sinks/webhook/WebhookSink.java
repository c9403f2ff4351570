package io.sluice.sinks.webhook;

import io.sluice.contract.Alert;
import io.sluice.sinks.aws.Backoff;
import io.sluice.sinks.aws.Jitter;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Posts alerts as signed webhooks, at least once each.
 *
 * <p><b>Key and time.</b> No key. Processing time decides when to try again and is what the
 * signature is dated by; the alert's own time is in its body.
 *
 * <p><b>State.</b> Alerts not delivered yet, {@link AlertStateSerializer}; cleared when the
 * receiver took them, wants no more, or they were given up after about a day.
 *
 * <p><b>Emits.</b> Nothing; counts what was delivered, failed and dropped. A receiver that is slow
 * or down neither fails the job nor makes it or its checkpoints wait.
 *
 * <p><b>On replay.</b> The same alerts come again under the same ids.
 */
public final class WebhookSink implements Sink<Alert>, SupportsWriterState<Alert, Alert> {
    private static final long serialVersionUID = 1L;
    private static final long FIRST_BACKOFF_MILLIS = 1_000;
    private static final long LAST_BACKOFF_MILLIS = 3_600_000;
    private static final int MOST_WAITING = 1_000;

    private final WebhookSettings settings;
    private final WebhookPoster.Factory posters;
    private final int mostWaiting;

    WebhookSink(WebhookSettings settings, WebhookPoster.Factory posters, int mostWaiting) {
        this.settings = settings;
        this.posters = posters;
        this.mostWaiting = mostWaiting;
    }

    /** A sink that posts there. */
    public static WebhookSink to(WebhookSettings settings) {
        return new WebhookSink(settings, () -> new HttpWebhookPoster(settings.url()), MOST_WAITING);
    }

    @Override
    @Deprecated
    public SinkWriter<Alert> createWriter(InitContext context) {
        throw new UnsupportedOperationException("Flink 1.20 calls createWriter(WriterInitContext)");
    }

    @Override
    public WebhookWriter createWriter(WriterInitContext context) {
        return restoreWriter(context, List.of());
    }

    @Override
    public WebhookWriter restoreWriter(WriterInitContext context, Collection<Alert> undelivered) {
        WebhookWriter writer =
                new WebhookWriter(
                        settings.secret(),
                        posters.open(),
                        mostWaiting,
                        new Backoff(FIRST_BACKOFF_MILLIS, LAST_BACKOFF_MILLIS, Jitter.random()),
                        context);
        undelivered.forEach(alert -> writer.write(alert, null));
        return writer;
    }

    @Override
    public SimpleVersionedSerializer<Alert> getWriterStateSerializer() {
        return new AlertStateSerializer();
    }
}
