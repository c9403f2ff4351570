package io.sluice.ingress.pause;

import io.sluice.contract.WritePause;
import io.sluice.ingress.aws.Items;
import io.sluice.ingress.aws.TableNames;
import io.sluice.ingress.stream.WritePauses;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the {@link WritePause} of the tenants table each second. What was read last stands while
 * the table cannot be read, and ends when it said it would. Thread-safe.
 */
@Singleton
final class DynamoDbPauseStore implements WritePauses {
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbPauseStore.class);

    private final DynamoDbAsyncClient client;
    private final String table;
    private final InstantSource time;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(DynamoDbPauseStore::thread);
    private volatile HeededPause pause = HeededPause.NONE;

    @SuppressWarnings("FutureReturnValueIgnored") // the work is guarded
    DynamoDbPauseStore(DynamoDbAsyncClient client, TableNames tables, InstantSource time) {
        this.client = client;
        this.table = tables.tenants();
        this.time = time;
        executor.scheduleWithFixedDelay(
                this::look, 0, WritePause.READ_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "pause-watch");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public long leftMillis() {
        return pause.leftMillis(time.millis());
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    private void look() {
        try {
            heed(
                    client.getItem(b -> b.tableName(table).consistentRead(true).key(key()))
                            .join()
                            .item());
        } catch (RuntimeException e) {
            LOG.warn("whether writes pause cannot be read and is read again: {}", e.toString());
        }
    }

    private void heed(Map<String, AttributeValue> item) {
        long nowMillis = time.millis();
        boolean paused = pause.leftMillis(nowMillis) > 0;
        AttributeValue owner = item.get(WritePause.OWNER);
        AttributeValue until = item.get(WritePause.UNTIL_MILLIS);
        pause =
                until == null
                        ? HeededPause.NONE
                        : pause.read(
                                owner == null ? "" : owner.s(),
                                Long.parseLong(until.n()),
                                nowMillis);
        boolean pauses = pause.leftMillis(nowMillis) > 0;
        if (paused != pauses) {
            LOG.info(pauses ? "writes pause" : "writes go on");
        }
    }

    private static Map<String, AttributeValue> key() {
        return Map.of(
                "tenant_id",
                Items.text(WritePause.TENANT_KEY),
                "item",
                Items.text(WritePause.ITEM));
    }
}
