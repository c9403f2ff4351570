package io.sluice.local.command.tenants;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.Isolation;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.provision.Tables;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The procedure by which a tenant's rows move while it is served. Its progress is the tenant's
 * entry and the rows themselves, so it may be killed anywhere and run again:
 *
 * <ol>
 *   <li>makes the tables, and has the entry say that rows may also lie there, before any does;
 *   <li>copies what has settled, then switches: requests are stamped with the new isolation, and
 *       their rows go to the new tables;
 *   <li>copies what was written to the old tables until then, and compares. Requests from before
 *       the switch may write there until they must have ended; both tables are read;
 *   <li>once that time is over, copies the rest, compares again, and removes each old row after it
 *       stands in the new table, until none is left; then the entry forgets the old place.
 * </ol>
 */
public final class TenantMove {
    /**
     * The longest that a request may write to the tables of its policy after it was stamped: the
     * longest deadline that is waited for, a day, and the 20 minutes that a call may take beyond.
     */
    public static final Duration LONGEST_REQUEST = Duration.ofDays(1).plusMinutes(20);

    /** A changed entry is in force on every ingress node after this. */
    static final Duration IN_FORCE = Duration.ofSeconds(5);

    private static final int MOST_TRIES = 10;
    private static final int MOST_ROUNDS = 20;

    /** Lets time pass. */
    @FunctionalInterface
    public interface Rest {
        /** Returns after that time. */
        void rest(Duration time) throws InterruptedException;
    }

    private final DynamoDbClient dynamoDb;
    private final TenantEntries entries;
    private final InstantSource time;
    private final Rest rest;
    private final ExecutorService threads;
    private final Consumer<String> step;
    private final Runnable row;

    /**
     * Moves in these tables.
     *
     * @param time of the machine
     * @param rest lets time pass
     * @param threads carry the writes
     * @param step told of each step
     * @param row told of each row that was dealt with
     */
    public TenantMove(
            DynamoDbClient dynamoDb,
            InstantSource time,
            Rest rest,
            ExecutorService threads,
            Consumer<String> step,
            Runnable row) {
        this.dynamoDb = dynamoDb;
        this.entries = new TenantEntries(dynamoDb);
        this.time = time;
        this.rest = rest;
        this.threads = threads;
        this.step = step;
        this.row = row;
    }

    /**
     * Moves a tenant as far as it can be moved now.
     *
     * @param settle after the switch, how long requests from before it may still write
     * @throws FindingException if there is no such tenant, or another move of it is under way
     */
    public MoveReport move(String tenantId, Isolation to, Duration settle)
            throws FindingException, InterruptedException {
        MoveReport report = new MoveReport(tenantId, to.wireName());
        TenantItem entry = entry(tenantId);
        refuseOther(entry, to);
        if (entry.alsoIn() == null && entry.isolation() == to) {
            return report;
        }
        if (entry.alsoIn() == null && entry.isolation().ownTables() == to.ownTables()) {
            change(tenantId, seen -> seen.isolation(to), to);
            step.accept("its tables stay the same");
            report.end(MoveReport.Ending.MOVED);
            return report;
        }
        if (entry.isolation() != to) {
            prepare(entry, to, report);
            entry = entry(tenantId);
        }
        finish(entry, to, settle, report);
        return report;
    }

    private static void refuseOther(TenantItem entry, Isolation to) throws FindingException {
        Isolation alsoIn = entry.alsoIn();
        if (alsoIn != null && entry.isolation() != to && alsoIn != to) {
            throw new FindingException(
                    "a move of "
                            + entry.tenantId()
                            + " between '"
                            + alsoIn.wireName()
                            + "' and '"
                            + entry.isolation().wireName()
                            + "' is under way: finish it before one to '"
                            + to.wireName()
                            + "'");
        }
        if (alsoIn == to && entry.movedAtMillis() != 0) {
            throw new FindingException(
                    "rows of "
                            + entry.tenantId()
                            + " are still being moved away from '"
                            + to.wireName()
                            + "': finish that first, with --to "
                            + entry.isolation().wireName());
        }
    }

    /** Up to the switch. */
    private void prepare(TenantItem entry, Isolation to, MoveReport report)
            throws FindingException, InterruptedException {
        String tenantId = entry.tenantId();
        if (to.ownTables()) {
            Tables.createOwn(dynamoDb, tenantId);
            step.accept("its tables are there");
        }
        if (entry.alsoIn() == null) {
            change(tenantId, seen -> seen.alsoIn(to).movedAtMillis(0), entry.isolation());
        }
        rest.rest(IN_FORCE);
        step.accept("every node reads both tables");
        for (RowCopy copy : copies(tenantId, entry.isolation(), to)) {
            report.copied(copy.copy(false));
        }
        step.accept("copied " + report.copied() + " rows");
        Isolation from = entry.isolation();
        change(tenantId, seen -> seen.isolation(to).alsoIn(from).movedAtMillis(time.millis()), to);
        rest.rest(IN_FORCE);
        step.accept("switched");
    }

    /** After the switch. */
    private void finish(TenantItem entry, Isolation to, Duration settle, MoveReport report)
            throws FindingException, InterruptedException {
        Isolation from = entry.alsoIn();
        if (from == null) {
            throw new FindingException(
                    "another move of " + entry.tenantId() + " is under way; run it again");
        }
        long lateRowsUntil = entry.movedAtMillis() + IN_FORCE.plus(settle).toMillis();
        boolean last = time.millis() >= lateRowsUntil;
        List<RowCopy> copies = copies(entry.tenantId(), from, to);
        for (RowCopy copy : copies) {
            report.copied(copy.copy(last));
        }
        compare(copies, last, report);
        if (!report.isFine()) {
            report.end(MoveReport.Ending.DIFFERENT);
        } else if (!last) {
            report.lateRowsUntil(lateRowsUntil);
            report.end(MoveReport.Ending.SWITCHED);
        } else {
            remove(entry.tenantId(), copies, report);
            change(entry.tenantId(), seen -> seen.alsoIn(null).movedAtMillis(0), entry.isolation());
            report.end(MoveReport.Ending.MOVED);
        }
    }

    private void compare(List<RowCopy> copies, boolean last, MoveReport report) {
        report.comparing();
        for (RowCopy copy : copies) {
            report.add(copy.compare(last, time.millis()));
        }
        step.accept("compared");
    }

    private void remove(String tenantId, List<RowCopy> copies, MoveReport report)
            throws FindingException, InterruptedException {
        for (RowCopy copy : copies) {
            for (int round = 1; !copy.isEmpty(); round++) {
                if (round > MOST_ROUNDS) {
                    throw new FindingException(
                            "rows of "
                                    + tenantId
                                    + " are still being written to the old tables: run it again"
                                    + " when the job has caught up");
                }
                report.removed(copy.remove());
            }
        }
        step.accept("removed " + report.removed() + " rows");
    }

    private List<RowCopy> copies(String tenantId, Isolation from, Isolation to) {
        MoveTables tables = new MoveTables(dynamoDb, tenantId);
        List<RowCopy> copies = new ArrayList<>();
        for (MovedKind kind : MovedKind.values()) {
            copies.add(new RowCopy(tables, kind, tenantId, from, to, threads, row));
        }
        return copies;
    }

    private TenantItem entry(String tenantId) throws FindingException {
        return entries.read(tenantId)
                .filter(entry -> !entry.deleted())
                .orElseThrow(() -> new FindingException("there is no tenant " + tenantId));
    }

    /** Changes the entry; an override of the isolation follows it. */
    private void change(
            String tenantId, UnaryOperator<TenantItem.Builder> change, Isolation inForce)
            throws FindingException {
        for (int left = MOST_TRIES; left > 0; left--) {
            TenantItem seen = entry(tenantId);
            TenantItem.Builder next = change.apply(seen.toBuilder());
            if (entries.replace(next.overrides(overrides(seen, inForce)).build())) {
                return;
            }
        }
        throw new FindingException(
                "tenant " + tenantId + " is being changed by others; run it again");
    }

    private static String overrides(TenantItem seen, Isolation inForce) {
        ObjectNode overrides = (ObjectNode) Json.parse(seen.overrides());
        if (overrides.has("isolation")) {
            overrides.put("isolation", inForce.wireName());
        }
        return Json.text(overrides);
    }
}
