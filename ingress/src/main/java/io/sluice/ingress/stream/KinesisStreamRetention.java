package io.sluice.ingress.stream;

import io.micronaut.context.annotation.Property;
import io.sluice.contract.Names;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Asks the stream itself from time to time: it can be changed while nodes run, and a setting beside
 * it would be wrong unnoticed. What was heard last stands while the stream does not answer.
 * Thread-safe.
 */
@Singleton
final class KinesisStreamRetention implements StreamRetention {
    private static final Logger LOG = LoggerFactory.getLogger(KinesisStreamRetention.class);

    /**
     * The longest that Kinesis keeps records
     * (docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html,
     * 2026-11-26).
     */
    private static final Duration LONGEST = Duration.ofDays(365);

    /** A node takes one of the 20 calls a second that an account has for this. */
    private static final long READ_SECONDS = 30;

    private final KinesisAsyncClient client;
    private final String stream;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(KinesisStreamRetention::thread);
    private volatile long millis = LONGEST.toMillis();

    @SuppressWarnings("FutureReturnValueIgnored") // the work is guarded
    KinesisStreamRetention(
            KinesisAsyncClient client,
            @Property(name = "sluice.stream.name", defaultValue = Names.EVENTS_STREAM)
                    String stream) {
        this.client = client;
        this.stream = stream;
        executor.scheduleWithFixedDelay(this::ask, 0, READ_SECONDS, TimeUnit.SECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "retention-watch");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public long millis() {
        return millis;
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    /** Reads it once; whatever fails leaves what was known. */
    void ask() {
        try {
            int hours =
                    client.describeStreamSummary(b -> b.streamName(stream))
                            .join()
                            .streamDescriptionSummary()
                            .retentionPeriodHours();
            millis = Duration.ofHours(hours).toMillis();
        } catch (RuntimeException e) {
            LOG.warn("the stream's retention cannot be read and is read again: {}", e.toString());
        }
    }
}
