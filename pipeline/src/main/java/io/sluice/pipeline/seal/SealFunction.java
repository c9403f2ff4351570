package io.sluice.pipeline.seal;

import io.sluice.contract.audit.Digest;
import io.sluice.sinks.seal.Sealer;
import io.sluice.sinks.seal.SealingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.source.RichSourceFunction;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the archive at the start and after each interval, one for the whole job. It never ends the
 * job: what cannot be sealed now is sealed by the digest after, and the age of the newest digest
 * shows it.
 *
 * <p><b>Key and time</b>: no key; digests are dated by the machine's clock, and none of what they
 * say is a decision.
 *
 * <p><b>State</b>: none of Flink's; the archive and the anchor have it.
 *
 * <p><b>Emits</b>: the number of each digest. The gauges {@code newestDigest} and {@code
 * newestDigestMillis} and the counter {@code failedDigests} tell how it goes.
 *
 * <p><b>On replay</b>: nothing comes again: sealing goes on from the anchor.
 */
@SuppressWarnings("deprecation") // the newer sources read splits, of which there are none
public final class SealFunction extends RichSourceFunction<Long> {
    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(SealFunction.class);

    private final SealerFactory sealers;
    private final Duration interval;

    private transient volatile @Nullable CountDownLatch ended;

    @SuppressWarnings("NullAway.Init")
    private transient ProcessingTimeService time;

    @SuppressWarnings("NullAway.Init")
    private transient Counter failed;

    private transient @Nullable Sealer sealer;
    private transient volatile long newest;
    private transient volatile long newestMillis;

    /** A digest after each interval. */
    public SealFunction(SealerFactory sealers, Duration interval) {
        this.sealers = sealers;
        this.interval = interval;
    }

    @Override
    public void open(OpenContext context) throws IOException {
        ended = new CountDownLatch(1);
        time = ((StreamingRuntimeContext) getRuntimeContext()).getProcessingTimeService();
        failed = getRuntimeContext().getMetricGroup().counter("failedDigests");
        getRuntimeContext().getMetricGroup().gauge("newestDigest", () -> newest);
        getRuntimeContext().getMetricGroup().gauge("newestDigestMillis", () -> newestMillis);
        sealer = sealers.open();
        if (sealer == null) {
            LOG.warn("No digests are written: property Audit/signing.key names no key");
        }
    }

    @Override
    public void run(SourceContext<Long> out) throws InterruptedException {
        CountDownLatch end = Objects.requireNonNull(ended);
        do {
            Sealer own = sealer;
            Digest digest = own == null ? null : seal(own);
            if (digest != null) {
                newest = digest.number();
                newestMillis = digest.toMillis();
                synchronized (out.getCheckpointLock()) {
                    out.collect(digest.number());
                }
            }
        } while (!end.await(interval.toMillis(), TimeUnit.MILLISECONDS));
    }

    private @Nullable Digest seal(Sealer own) {
        try {
            return own.seal(time.getCurrentProcessingTime());
        } catch (SealingException e) {
            LOG.error("The archive is not sealed: {}", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.warn("The archive is not sealed; it is tried again after {}", interval, e);
        }
        failed.inc();
        return null;
    }

    @Override
    public void cancel() {
        CountDownLatch end = ended;
        if (end != null) { // else it was not opened, and does not run
            end.countDown();
        }
    }

    @Override
    public void close() {
        if (sealer != null) {
            sealer.close();
        }
    }
}
