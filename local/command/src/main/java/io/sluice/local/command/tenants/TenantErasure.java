package io.sluice.local.command.tenants;

import io.sluice.contract.TenantItem;
import io.sluice.local.command.FindingException;
import io.sluice.objects.ObjectStore;
import io.sluice.objects.Prefixes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The procedure by which a tenant is erased. Each step may be repeated, so it may be killed
 * anywhere and run again:
 *
 * <ol>
 *   <li>the tenant and its API keys are deleted, so that nothing new comes in;
 *   <li>the job clears what it keeps, at the command's place in the tenant's history; it refuses
 *       while a request is open;
 *   <li>the tenant's entry says so: what was asked before is answered with 410, and no tenant of
 *       its id can be made until the end;
 *   <li>a checkpoint: from now on no restart reads what came before the command;
 *   <li>rows, the mirror's too, and large payloads go, until a look finds none;
 *   <li>the data keys are destroyed: copies that are left anywhere cannot be read.
 * </ol>
 */
public final class TenantErasure {
    private static final Duration JOB_PATIENCE = Duration.ofMinutes(2);
    private static final Duration LATE_ROWS = Duration.ofSeconds(2);
    private static final int MOST_ROUNDS = 20;
    private static final String MIRROR = "mirror";

    /** What it needs of a running system. */
    public interface RunningParts {
        /** Deletes the tenant and its API keys. */
        void deleteTenant(String tenantId)
                throws IOException, InterruptedException, FindingException;

        /** Has the job erase; see {@link EraseOrder#send}. */
        Optional<Boolean> order(String tenantId, String commandId, Duration patience)
                throws InterruptedException;

        /** Completes a checkpoint of the job. */
        void checkpoint() throws IOException, InterruptedException, FindingException;
    }

    /** Rows in a mirror. */
    @FunctionalInterface
    public interface MirroredRows {
        /** Removes a tenant's; how many there were. May be repeated. */
        long remove(String tenantId) throws FindingException;
    }

    private final RunningParts running;
    private final DynamoDbClient dynamoDb;
    private final TenantEntries entries;
    private final ObjectStore objects;
    private final @Nullable ObjectStore keys;
    private final MirroredRows mirrored;
    private final InstantSource time;
    private final TenantMove.Rest rest;
    private final Consumer<String> step;
    private final Runnable row;

    /**
     * Erases with these parts.
     *
     * @param objects where large payloads lie
     * @param keys where data keys lie; null if payloads are not sealed
     * @param mirrored rows elsewhere
     * @param step told of each step
     * @param row told of each row that was removed
     */
    public TenantErasure(
            RunningParts running,
            DynamoDbClient dynamoDb,
            ObjectStore objects,
            @Nullable ObjectStore keys,
            MirroredRows mirrored,
            InstantSource time,
            TenantMove.Rest rest,
            Consumer<String> step,
            Runnable row) {
        this.running = running;
        this.dynamoDb = dynamoDb;
        this.entries = new TenantEntries(dynamoDb);
        this.objects = objects;
        this.keys = keys;
        this.mirrored = mirrored;
        this.time = time;
        this.rest = rest;
        this.step = step;
        this.row = row;
    }

    /** Erases a tenant; {@link FindingException} says why it cannot be now. */
    public EraseReport erase(String tenantId)
            throws IOException, InterruptedException, FindingException {
        TenantItem entry =
                entries.read(tenantId)
                        .orElseThrow(
                                () -> new FindingException("there never was a tenant " + tenantId));
        ErasedRows rows = new ErasedRows(dynamoDb, tenantId, rest, row);
        refuseOpen(tenantId, rows);
        if (!entry.deleted()) {
            running.deleteTenant(tenantId);
            step.accept("the tenant and its API keys are deleted");
            rest.rest(TenantMove.IN_FORCE);
        }
        order(tenantId);
        mark(tenantId);
        running.checkpoint();
        step.accept("the job has forgotten it, for good");
        EraseReport report = new EraseReport(tenantId, keys != null);
        remove(tenantId, rows, report);
        if (keys != null) {
            destroyKeys(tenantId, keys, report);
        }
        entries.changeDeleted(tenantId, seen -> seen.erasing(false));
        return report;
    }

    private void mark(String tenantId) throws FindingException {
        long now = time.millis();
        if (!entries.changeDeleted(tenantId, seen -> seen.erasing(true).erasedAtMillis(now))) {
            throw new FindingException(
                    "a tenant "
                            + tenantId
                            + " was made anew meanwhile, and no row was removed. Run it again to"
                            + " erase both");
        }
    }

    /** Until none is left: a request that was on its way for long may have made one meanwhile. */
    private void destroyKeys(String tenantId, ObjectStore place, EraseReport report)
            throws InterruptedException, FindingException {
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            int destroyed = done(Prefixes.deleteAll(place, tenantId + '/'));
            report.keys(destroyed);
            if (destroyed == 0) {
                step.accept("its data keys are destroyed");
                return;
            }
            rest.rest(LATE_ROWS);
        }
        throw new FindingException(
                "data keys of " + tenantId + " are still being made: run it again in a minute");
    }

    private void refuseOpen(String tenantId, ErasedRows rows) throws FindingException {
        long open = rows.openCalls(time.millis());
        if (open > 0) {
            throw new FindingException(
                    "nothing was erased: "
                            + open
                            + " calls of "
                            + tenantId
                            + " are open. Run it again when they have ended");
        }
    }

    private void order(String tenantId) throws InterruptedException, FindingException {
        Optional<Boolean> erased =
                running.order(tenantId, "erase-" + tenantId + '-' + time.millis(), JOB_PATIENCE);
        if (erased.isEmpty()) {
            throw new FindingException(
                    "the job did not answer within "
                            + JOB_PATIENCE.toMinutes()
                            + " minutes: see 'sluice status', then run it again");
        }
        if (!erased.get()) {
            throw new FindingException(
                    "tenant "
                            + tenantId
                            + " is deleted, but some of its requests are still open and nothing was"
                            + " erased yet. Run it again when they have ended or expired");
        }
    }

    /** What was on its way to the tables may still arrive. */
    private void remove(String tenantId, ErasedRows rows, EraseReport report)
            throws InterruptedException, FindingException {
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            long found = report.rows(rows.remove());
            found += report.rows(Map.of(MIRROR, mirrored.remove(tenantId)));
            int payloads = done(Prefixes.deleteAll(objects, tenantId + '/'));
            report.objects(payloads);
            if (found + payloads == 0) {
                step.accept("no row and no large payload of it is left");
                return;
            }
            rest.rest(LATE_ROWS);
        }
        throw new FindingException(
                "rows of " + tenantId + " are still being written: run it again in a minute");
    }

    private static int done(CompletableFuture<Integer> count) throws FindingException {
        try {
            return count.join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new FindingException(
                    "stored payloads or keys cannot be removed now ("
                            + cause.getMessage()
                            + "): run it again");
        }
    }
}
