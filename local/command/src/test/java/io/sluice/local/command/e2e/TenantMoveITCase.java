package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.TenantItem;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.provision.Tables;
import io.sluice.local.command.tenants.MoveReport;
import io.sluice.local.command.tenants.TenantEntries;
import io.sluice.local.command.tenants.TenantMove;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Moves against AWS's own DynamoDB Local, killed at any step, with a writer that goes on writing as
 * ingress and job do: by entries up to five seconds old, and by the policy of each request.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantMoveITCase {
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final long SEED = Long.getLong("sluice.seed", 4711);

    @TempDir static Path directory;

    private EmbeddedAws aws;
    private AwsClients clients;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @BeforeAll
    void start() throws Exception {
        aws = EmbeddedAws.startDynamoDb(directory);
        URI endpoint = URI.create("http://127.0.0.1:" + aws.dynamoDbPort());
        clients = AwsClients.embedded(endpoint, endpoint);
        Tables.createMissing(clients.dynamoDb());
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        if (clients != null) {
            clients.close();
        }
        if (aws != null) {
            aws.close();
        }
    }

    @Test
    void moveThatIsKilledAnywhereLosesAndDoublesNothing() throws Exception {
        for (int kills = 0; kills < 4; kills++) {
            Random random = new Random(SEED + kills);
            String tenant = "mover-" + kills;
            MovingTenant moved = new MovingTenant(clients.dynamoDb(), tenant, random);
            moved.work(30);
            MoveReport last = moveUntilDone(moved, Isolation.SILO, random, kills);
            assertThat(last.ending()).as("seed " + (SEED + kills)).isEqualTo(MOVED);
            moved.settleAll();
            moved.assertAllLiesIn(Isolation.SILO);
            moved.work(5);
            moved.settleAll();
            moved.assertAllLiesIn(Isolation.SILO);
            assertThat(run(moved, Isolation.SILO, 0).ending())
                    .isEqualTo(MoveReport.Ending.NOTHING_TO_DO);
            if (kills == 1) {
                MoveReport back = moveUntilDone(moved, Isolation.POOLED, random, kills);
                assertThat(back.ending()).isEqualTo(MOVED);
                moved.settleAll();
                moved.assertAllLiesIn(Isolation.POOLED);
            }
        }
    }

    @Test
    void rowsThatDifferAreReportedAndKept() throws Exception {
        MovingTenant moved = new MovingTenant(clients.dynamoDb(), "differs", new Random(SEED));
        moved.work(20);
        assertThat(run(moved, Isolation.SILO, 0).ending()).isEqualTo(MoveReport.Ending.SWITCHED);
        moved.settleAll();
        String changed = moved.changeAResultIn(TableShape.REQUESTS.tables().own("differs"));
        moved.pass(SETTLE.plusSeconds(10));
        MoveReport report = run(moved, Isolation.SILO, 0);
        assertThat(report.ending()).isEqualTo(MoveReport.Ending.DIFFERENT);
        assertThat(report.isFine()).isFalse();
        assertThat(report.removed()).isZero();
        assertThat(report.compared().get(0).different()).isEqualTo(1);
        assertThat(report.compared().get(0).fromHash())
                .isNotEqualTo(report.compared().get(0).toHash());
        assertThat(moved.lies(changed, Isolation.POOLED)).as("nothing was removed").isTrue();
    }

    @Test
    void otherTenantsRowsStayWhereTheyAre() throws Exception {
        MovingTenant stays = new MovingTenant(clients.dynamoDb(), "stays", new Random(SEED));
        stays.work(10);
        stays.settleAll();
        MovingTenant moved = new MovingTenant(clients.dynamoDb(), "stays-not", new Random(SEED));
        moved.work(10);
        assertThat(moveUntilDone(moved, Isolation.DATABASE, new Random(SEED), 0).ending())
                .isEqualTo(MOVED);
        stays.assertAllLiesIn(Isolation.POOLED);
        assertThat(entry("stays-not").isolation()).isEqualTo(Isolation.DATABASE);
        MoveReport relabelled = run(moved, Isolation.SILO, 0);
        assertThat(relabelled.ending()).isEqualTo(MOVED);
        assertThat(relabelled.copied()).as("the tables stay the same").isZero();
        moved.work(3);
        moved.settleAll();
        moved.assertAllLiesIn(Isolation.SILO);
    }

    @Test
    void moveOfNobodyOrAgainstAnotherIsRefused() throws Exception {
        MovingTenant moved = new MovingTenant(clients.dynamoDb(), "halfway", new Random(SEED));
        moved.work(5);
        assertThat(run(moved, Isolation.SILO, 0).ending()).isEqualTo(MoveReport.Ending.SWITCHED);
        assertThatThrownBy(() -> run(moved, Isolation.POOLED, 0))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("finish that first, with --to silo");
        assertThatThrownBy(() -> run(moved, Isolation.DATABASE, 0))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("is under way");
        TenantMove move =
                new TenantMove(
                        clients.dynamoDb(), moved, time -> {}, threads, step -> {}, () -> {});
        assertThatThrownBy(() -> move.move("nobody", Isolation.SILO, SETTLE))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("no tenant nobody");
    }

    private static final MoveReport.Ending MOVED = MoveReport.Ending.MOVED;

    /** Runs it again and again, with so many kills, until nothing is left to do. */
    private MoveReport moveUntilDone(MovingTenant moved, Isolation to, Random random, int kills)
            throws Exception {
        int left = kills;
        for (int runs = 0; runs < 40; runs++) {
            int killAt = left > 0 ? 1 + random.nextInt(60) : 0;
            try {
                MoveReport report = run(moved, to, killAt);
                if (report.ending() != MoveReport.Ending.SWITCHED) {
                    return report;
                }
                moved.settleAll();
                moved.pass(SETTLE.plusSeconds(10));
            } catch (Killed e) {
                left--;
            }
        }
        throw new AssertionError("never done, seed " + SEED);
    }

    /** One run; killed at the step or row of that number, unless it is 0. */
    private MoveReport run(MovingTenant moved, Isolation to, int killAt) throws Exception {
        int[] at = {0};
        Runnable event =
                () -> {
                    moved.workNowAndThen();
                    if (++at[0] == killAt) {
                        throw new Killed();
                    }
                };
        return new TenantMove(
                        clients.dynamoDb(), moved, moved::pass, threads, step -> event.run(), event)
                .move(moved.id(), to, SETTLE);
    }

    private TenantItem entry(String tenant) {
        return new TenantEntries(clients.dynamoDb()).read(tenant).orElseThrow();
    }

    /** SIGKILL, as far as the tables can tell. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
