package io.sluice.sinks.webhook;

import io.sluice.contract.Alert;
import io.sluice.contract.json.AlertJson;
import io.sluice.sinks.aws.Backoff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts a few alerts at once and keeps each until its receiver took it, with longer and longer
 * pauses. Holds a bounded number; beyond it the oldest that is not under way is dropped and
 * counted. Touched by the task's thread alone; never waits but at the end of all input, for what is
 * under way.
 */
final class WebhookWriter implements StatefulSinkWriter<Alert, Alert> {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookWriter.class);
    private static final int MOST_UNDER_WAY = 4;

    /** With the pauses of the sink about a day. */
    private static final int MOST_ATTEMPTS = 50;

    /** The receiver wants no more. */
    private static final int GONE = 410;

    private final byte[] secret;
    private final WebhookPoster poster;
    private final int mostWaiting;
    private final Backoff backoff;
    private final MailboxExecutor mailbox;
    private final ProcessingTimeService timers;
    private final Counter delivered;
    private final Counter failures;
    private final Counter dropped;

    /** By id, oldest first. */
    private final Map<String, Delivery> undelivered = new LinkedHashMap<>();

    private int underWay;
    private long armedForMillis = Long.MAX_VALUE;

    WebhookWriter(
            byte[] secret,
            WebhookPoster poster,
            int mostWaiting,
            Backoff backoff,
            WriterInitContext context) {
        this.secret = secret;
        this.poster = poster;
        this.mostWaiting = mostWaiting;
        this.backoff = backoff;
        this.mailbox = context.getMailboxExecutor();
        this.timers = context.getProcessingTimeService();
        this.delivered = context.metricGroup().counter("alertsDelivered");
        this.failures = context.metricGroup().counter("alertPostFailures");
        this.dropped = context.metricGroup().counter("alertsDropped");
        context.metricGroup().gauge("alertsUndelivered", undelivered::size);
    }

    @Override
    public void write(Alert alert, @Nullable Context context) {
        if (undelivered.containsKey(alert.id())) {
            return;
        }
        if (undelivered.size() >= mostWaiting) {
            dropOldest();
        }
        if (undelivered.size() < mostWaiting) {
            undelivered.put(alert.id(), new Delivery(alert, timers.getCurrentProcessingTime()));
            postWhatIsDue();
        } else {
            dropped.inc();
        }
    }

    @Override
    public void flush(boolean endOfInput) throws InterruptedException {
        while (endOfInput && underWay > 0) {
            mailbox.yield();
        }
    }

    @Override
    public List<Alert> snapshotState(long checkpointId) {
        return undelivered.values().stream()
                .map(delivery -> delivery.alert)
                .collect(Collectors.toList());
    }

    /** Alerts that were given up so far. */
    long dropped() {
        return dropped.getCount();
    }

    @Override
    public void close() {}

    private void dropOldest() {
        for (Delivery delivery : undelivered.values()) {
            if (!delivery.underWay) {
                drop(delivery, "no room");
                return;
            }
        }
    }

    private void drop(Delivery delivery, String why) {
        undelivered.remove(delivery.alert.id());
        dropped.inc();
        LOG.warn("Dropped alert {} after {} posts: {}", delivery.alert.id(), delivery.posts, why);
    }

    private void postWhatIsDue() {
        long nowMillis = timers.getCurrentProcessingTime();
        long nextMillis = Long.MAX_VALUE;
        for (Delivery delivery : undelivered.values()) {
            if (delivery.underWay) {
                continue;
            }
            if (delivery.dueAtMillis <= nowMillis && underWay < MOST_UNDER_WAY) {
                post(delivery, nowMillis);
            } else {
                nextMillis = Math.min(nextMillis, delivery.dueAtMillis);
            }
        }
        // While all places are taken the end of a post looks again.
        if (underWay < MOST_UNDER_WAY) {
            arm(nextMillis);
        }
    }

    private void post(Delivery delivery, long nowMillis) {
        delivery.underWay = true;
        delivery.posts++;
        underWay++;
        Alert alert = delivery.alert;
        byte[] body = AlertJson.write(alert);
        long atSeconds = Math.floorDiv(nowMillis, 1_000);
        String signature = WebhookSignature.of(secret, alert.id(), atSeconds, body);
        var unused =
                poster.post(alert.id(), atSeconds, signature, body)
                        .whenComplete(
                                (status, failure) ->
                                        mailbox.execute(
                                                () -> ended(delivery, status, failure),
                                                "webhook ended"));
    }

    private void ended(Delivery delivery, @Nullable Integer status, @Nullable Throwable failure) {
        delivery.underWay = false;
        underWay--;
        if (status != null && status / 100 == 2) {
            undelivered.remove(delivery.alert.id());
            delivered.inc();
        } else {
            failures.inc();
            String seen = status == null ? String.valueOf(failure) : "status " + status;
            if ((status != null && status == GONE) || delivery.posts >= MOST_ATTEMPTS) {
                drop(delivery, seen);
            } else {
                LOG.debug("Alert {} was not taken: {}", delivery.alert.id(), seen);
                delivery.dueAtMillis =
                        timers.getCurrentProcessingTime() + backoff.delayMillis(delivery.posts);
            }
        }
        postWhatIsDue();
    }

    private void arm(long atMillis) {
        if (atMillis < armedForMillis) {
            armedForMillis = atMillis;
            var unused = timers.registerTimer(atMillis, this::onTimer);
        }
    }

    private void onTimer(long atMillis) {
        if (atMillis >= armedForMillis) {
            armedForMillis = Long.MAX_VALUE;
        }
        postWhatIsDue();
    }

    /** An alert on its way. */
    private static final class Delivery {
        private final Alert alert;
        private long dueAtMillis;
        private int posts;
        private boolean underWay;

        private Delivery(Alert alert, long dueAtMillis) {
            this.alert = alert;
            this.dueAtMillis = dueAtMillis;
        }
    }
}
