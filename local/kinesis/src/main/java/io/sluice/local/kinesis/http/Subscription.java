package io.sluice.local.kinesis.http;

import io.sluice.local.kinesis.api.ShardFeed;
import io.sluice.local.kinesis.stream.ReadBatch;
import io.sluice.local.kinesis.stream.TokenBucket;
import io.sluice.local.kinesis.wire.ApiException;
import io.sluice.local.kinesis.wire.EventStreamMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SubscribeToShard call: pushes events into its response for up to five minutes.
 *
 * <p>Everything runs on the response's event loop; the methods that others call go there first.
 * Records go out as soon as the shard has them, or with others some milliseconds after the event
 * before; as fast as the client takes them and, with the service's limits, no faster than 2 MiB/s.
 */
final class Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
    private static final long LIFETIME_MILLIS = 5 * 60 * 1000L;
    private static final long HEARTBEAT_MILLIS = 2500;
    private static final long THROTTLED_MILLIS = 20;

    /** At most so often an event: what comes meanwhile shares the next. The service takes 70 ms. */
    private static final long GATHER_MILLIS = 20;

    private static final long BYTES_PER_SECOND = 2 * 1024 * 1024;

    private final ShardFeed feed;
    private final HttpServerResponse response;
    private final HttpConnection connection;
    private final Vertx vertx;
    private final Clock clock;
    private final Context context;
    private final boolean limited;
    private final TokenBucket bytes = new TokenBucket(BYTES_PER_SECOND);
    private final Consumer<Subscription> onClosed;
    private final long startedMillis;
    private final Runnable onNews = this::schedulePump;
    private final AtomicBoolean pumpScheduled = new AtomicBoolean();
    private long heartbeatTimer = -1;
    private boolean sentSinceHeartbeat;
    private long gatherUntilNanos = System.nanoTime();
    private boolean waiting;
    private boolean closed;

    Subscription(
            ShardFeed feed,
            HttpServerResponse response,
            HttpConnection connection,
            Vertx vertx,
            Clock clock,
            boolean limited,
            Consumer<Subscription> onClosed) {
        this.feed = feed;
        this.response = response;
        this.connection = connection;
        this.vertx = vertx;
        this.clock = clock;
        this.limited = limited;
        this.context = vertx.getOrCreateContext();
        this.onClosed = onClosed;
        this.startedMillis = clock.millis();
    }

    String key() {
        return feed.key();
    }

    String consumerArn() {
        return feed.consumerArn();
    }

    long ageMillis() {
        return clock.millis() - startedMillis;
    }

    /** Sends the head and the first event; pushes from then on. */
    void begin() {
        response.exceptionHandler(e -> close());
        response.closeHandler(v -> close());
        response.drainHandler(v -> pump());
        response.setChunked(true);
        response.putHeader("Content-Type", "application/vnd.amazon.eventstream");
        byte[] nothing = feed.protocol().write(out -> {});
        write(EventStreamMessage.event("initial-response", feed.protocol(), nothing));
        feed.shard().addListener(onNews);
        heartbeatTimer = vertx.setPeriodic(HEARTBEAT_MILLIS, id -> heartbeat());
        pump();
        if (!closed && !waiting && !sentSinceHeartbeat) {
            send(feed.heartbeat(clock.millis()));
        }
    }

    private void schedulePump() {
        if (pumpScheduled.compareAndSet(false, true)) {
            context.runOnContext(
                    v -> {
                        long millis =
                                TimeUnit.NANOSECONDS.toMillis(gatherUntilNanos - System.nanoTime());
                        if (millis > 0) {
                            vertx.setTimer(millis, id -> pumpScheduled());
                        } else {
                            pumpScheduled();
                        }
                    });
        }
    }

    private void pumpScheduled() {
        pumpScheduled.set(false);
        pump();
    }

    private void pump() {
        while (!closed && !waiting && !response.writeQueueFull()) {
            if (feed.isGone()) {
                finish(ApiException.resourceNotFound("The stream is being deleted."));
                return;
            }
            if (limited && !bytes.holds(1, clock.millis())) {
                waiting = true;
                vertx.setTimer(THROTTLED_MILLIS, id -> resume());
                return;
            }
            ReadBatch batch = feed.readMemory();
            if (batch == null) {
                readDisk();
                return;
            }
            if (!deliver(batch)) {
                return;
            }
        }
    }

    private void resume() {
        waiting = false;
        pump();
    }

    private void readDisk() {
        waiting = true;
        vertx.executeBlocking(feed::readDisk, false)
                .onSuccess(
                        batch -> {
                            waiting = false;
                            if (!closed && deliver(batch)) {
                                pump();
                            }
                        })
                .onFailure(
                        e -> {
                            LOG.error("Could not read for subscription {}", key(), e);
                            finish(ApiException.internalFailure("Internal service failure."));
                        });
    }

    /** Sends a batch and tells whether there may be more. */
    private boolean deliver(ReadBatch batch) {
        if (!batch.records().isEmpty()) {
            bytes.take(batch.bytes());
            send(feed.event(batch, clock.millis()));
            return true;
        }
        feed.skip(batch);
        if (feed.isFinished()) {
            send(feed.end());
            end();
        }
        return false;
    }

    private void heartbeat() {
        if (ageMillis() >= LIFETIME_MILLIS) {
            end();
        } else if (!sentSinceHeartbeat && !waiting && !response.writeQueueFull()) {
            send(feed.heartbeat(clock.millis()));
        }
        sentSinceHeartbeat = false;
    }

    private void send(byte[] event) {
        sentSinceHeartbeat = true;
        gatherUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
        write(EventStreamMessage.event("SubscribeToShardEvent", feed.protocol(), event));
    }

    private void write(byte[] message) {
        response.write(Buffer.buffer(message)).onFailure(e -> close());
    }

    void endTakenOver() {
        endWith(
                ApiException.resourceInUse(
                        "Another subscription took the place of this one for its consumer and"
                                + " shard."));
    }

    /** Ends the stream with a modelled error. */
    void endWith(ApiException error) {
        context.runOnContext(v -> finish(error));
    }

    private void finish(ApiException error) {
        if (!closed) {
            write(EventStreamMessage.exception(error, feed.protocol()));
            end();
        }
    }

    /** Cuts the connection in the middle, as a broken network would. */
    void cut() {
        context.runOnContext(
                v -> {
                    if (!closed) {
                        close();
                        connection.close().onFailure(e -> LOG.debug("Already closed", e));
                    }
                });
    }

    private void end() {
        close();
        response.end().onFailure(e -> LOG.debug("Client went away", e));
    }

    private void close() {
        if (!closed) {
            closed = true;
            feed.shard().removeListener(onNews);
            vertx.cancelTimer(heartbeatTimer);
            onClosed.accept(this);
        }
    }
}
