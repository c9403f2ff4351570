package io.sluice.local.kinesis.http;

import io.sluice.local.kinesis.api.ShardFeed;
import io.sluice.local.kinesis.wire.ApiException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The live subscriptions, at most one per consumer and shard.
 *
 * <p>A new one within five seconds of a live one is refused; later it takes the place of the old
 * one, which ends with {@code ResourceInUseException}
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_SubscribeToShard.html, 2026-11).
 */
public final class Subscriptions {
    private static final long PROTECTED_MILLIS = 5000;

    private final ConcurrentHashMap<String, Subscription> live = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final Clock clock;
    private final boolean limited;

    public Subscriptions(Vertx vertx, Clock clock, boolean limited) {
        this.vertx = vertx;
        this.clock = clock;
        this.limited = limited;
    }

    /**
     * Starts pushing into the response of a request whose head has not been sent, on its event
     * loop.
     *
     * @throws ApiException {@code ResourceInUseException} if a live subscription is too young
     */
    void start(ShardFeed feed, HttpServerRequest request) {
        Subscription next =
                new Subscription(
                        feed,
                        request.response(),
                        request.connection(),
                        vertx,
                        clock,
                        limited,
                        s -> live.remove(s.key(), s));
        Subscription taken =
                live.compute(
                        feed.key(),
                        (key, old) -> {
                            if (old != null && old.ageMillis() < PROTECTED_MILLIS) {
                                throw ApiException.resourceInUse(
                                        "Another active subscription exists for this consumer and"
                                                + " shard; it can be taken over 5 seconds after it"
                                                + " began.");
                            }
                            if (old != null) {
                                old.endTakenOver();
                            }
                            return next;
                        });
        taken.begin();
    }

    /** Ends the subscriptions of a consumer that was deregistered. */
    public void endOf(String consumerArn) {
        matching(s -> s.consumerArn().equals(consumerArn))
                .forEach(
                        s ->
                                s.endWith(
                                        ApiException.resourceNotFound(
                                                "Consumer " + consumerArn + " not found.")));
    }

    /** Cuts the connections of all live subscriptions and tells how many there were. */
    public int drop() {
        List<Subscription> dropped = matching(s -> true);
        dropped.forEach(Subscription::cut);
        return dropped.size();
    }

    /** How many there are. */
    public int count() {
        return live.size();
    }

    private List<Subscription> matching(Predicate<Subscription> predicate) {
        return live.values().stream().filter(predicate).toList();
    }
}
