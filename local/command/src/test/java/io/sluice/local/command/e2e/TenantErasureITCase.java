package io.sluice.local.command.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.contract.Isolation;
import io.sluice.contract.TableShape;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.TenantItemJson;
import io.sluice.ingress.aws.Items;
import io.sluice.local.command.FindingException;
import io.sluice.local.command.provision.AwsClients;
import io.sluice.local.command.provision.Tables;
import io.sluice.local.command.tenants.EraseReport;
import io.sluice.local.command.tenants.TenantEntries;
import io.sluice.local.command.tenants.TenantErasure;
import io.sluice.local.command.tenants.TenantMove;
import io.sluice.objects.ObjectStore;
import io.sluice.objects.ObjectStores;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Erasures against AWS's own DynamoDB Local and folders of objects, killed at any step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantErasureITCase {
    private static final long SEED = Long.getLong("sluice.seed", 4711);
    private static final List<TableShape> ERASED =
            List.of(TableShape.REQUESTS, TableShape.ATTEMPTS);

    @TempDir static Path directory;

    private EmbeddedAws aws;
    private AwsClients clients;
    private ObjectStore objects;
    private ObjectStore keys;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @BeforeAll
    void start() throws Exception {
        aws = EmbeddedAws.startDynamoDb(directory);
        URI endpoint = URI.create("http://127.0.0.1:" + aws.dynamoDbPort());
        clients = AwsClients.embedded(endpoint, endpoint);
        Tables.createMissing(clients.dynamoDb());
        objects = folder("objects");
        keys = folder("keys");
    }

    private static ObjectStore folder(String name) {
        return ObjectStores.open(directory.resolve(name).toString(), UnaryOperator.identity());
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

    /** Rows lie in both places of a move that was begun; an own table is not known to the entry. */
    @Test
    void erasureThatIsKilledAnywhereEndsWithNothingAndKeysGoLast() throws Exception {
        for (int kills = 0; kills < 4; kills++) {
            Random random = new Random(SEED + kills);
            MovingTenant tenant = working("gone-" + kills, random);
            MovingTenant other = working("gone-" + kills + "x", random);
            new TenantMove(clients.dynamoDb(), tenant, tenant::pass, threads, s -> {}, () -> {})
                    .move(tenant.id(), Isolation.SILO, Duration.ofDays(1));
            tenant.work(5);
            tenant.settleAll();
            long usage = rows(tenant.id(), List.of(TableShape.USAGE));

            Parts parts = new Parts(tenant.id());
            EraseReport last = eraseUntilDone(tenant, parts, random, kills);

            assertThat(rows(tenant.id(), ERASED)).as("seed " + (SEED + kills)).isZero();
            assertThat(stored(objects, tenant.id()) + stored(keys, tenant.id())).isZero();
            assertThat(last.json().path("sealed").asBoolean()).isTrue();
            assertThat(rows(tenant.id(), List.of(TableShape.USAGE))).isEqualTo(usage);
            TenantItem entry = entry(tenant.id());
            assertThat(entry.deleted()).isTrue();
            assertThat(entry.erasing()).isFalse();
            assertThat(entry.erasedAtMillis()).isPositive().isLessThanOrEqualTo(tenant.millis());
            other.settleAll();
            other.assertAllLiesIn(Isolation.POOLED);
            assertThat(stored(objects, other.id())).isEqualTo(2);
            assertThat(stored(keys, other.id())).isEqualTo(1);
        }
    }

    @Test
    void openRequestsHoldEverythingBack() throws Exception {
        MovingTenant tenant = working("busy", new Random(SEED));
        tenant.settleAll();
        Parts parts = new Parts(tenant.id());
        parts.answer = Optional.of(false);
        long before = rows(tenant.id(), ERASED);
        assertThatThrownBy(() -> erase(tenant, parts, 0))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("still open and nothing was erased");
        parts.answer = Optional.empty();
        tenant.pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> erase(tenant, parts, 0))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("did not answer");
        assertThat(rows(tenant.id(), ERASED)).isEqualTo(before).isPositive();
        assertThat(stored(keys, tenant.id())).isEqualTo(1);
        assertThat(entry(tenant.id()).erasing()).isFalse();
    }

    @Test
    void aTenantThatIsMadeAnewMeanwhileLosesNothing() throws Exception {
        MovingTenant tenant = working("again", new Random(SEED));
        tenant.settleAll();
        Parts parts = new Parts(tenant.id());
        parts.atOrder = () -> change(tenant.id(), entry -> entry.deleted(false));
        long before = rows(tenant.id(), ERASED);
        assertThatThrownBy(() -> erase(tenant, parts, 0))
                .isInstanceOf(FindingException.class)
                .hasMessageContaining("was made anew meanwhile");
        assertThat(rows(tenant.id(), ERASED)).isEqualTo(before);
        assertThat(stored(keys, tenant.id())).isEqualTo(1);
    }

    private MovingTenant working(String id, Random random) {
        MovingTenant tenant = new MovingTenant(clients.dynamoDb(), id, random);
        tenant.work(20);
        keys.putIfAbsent(id + "/key", new byte[] {1}).join();
        objects.putIfAbsent(id + "/req_1/prompt-1", new byte[] {1}).join();
        objects.putIfAbsent(id + "/req_2/answer-1", new byte[] {1}).join();
        return tenant;
    }

    private EraseReport eraseUntilDone(MovingTenant tenant, Parts parts, Random random, int kills)
            throws Exception {
        int left = kills;
        while (true) {
            int killAt = left > 0 ? 1 + random.nextInt(60) : 0;
            tenant.pass(Duration.ofMillis(1));
            try {
                return erase(tenant, parts, killAt);
            } catch (Killed e) {
                left--;
                if (stored(keys, tenant.id()) == 0) {
                    assertThat(rows(tenant.id(), ERASED) + stored(objects, tenant.id())).isZero();
                }
            }
        }
    }

    /** One run; killed at the step or row of that number, unless it is 0. */
    private EraseReport erase(MovingTenant tenant, Parts parts, int killAt) throws Exception {
        int[] at = {0};
        Runnable event =
                () -> {
                    if (++at[0] == killAt) {
                        throw new Killed();
                    }
                };
        return new TenantErasure(
                        parts,
                        clients.dynamoDb(),
                        objects,
                        keys,
                        id -> 0,
                        tenant,
                        tenant::pass,
                        step -> event.run(),
                        event)
                .erase(tenant.id());
    }

    private long rows(String tenantId, List<TableShape> shapes) {
        long found = 0;
        for (TableShape shape : shapes) {
            for (Isolation place : List.of(Isolation.POOLED, Isolation.SILO)) {
                String table = shape.tables().of(tenantId, place);
                if (clients.dynamoDb().listTables().tableNames().contains(table)) {
                    found +=
                            clients
                                    .dynamoDb()
                                    .queryPaginator(
                                            q ->
                                                    q.tableName(table)
                                                            .keyConditionExpression(
                                                                    "tenant_id = :tenant")
                                                            .expressionAttributeValues(
                                                                    Map.of(
                                                                            ":tenant",
                                                                            Items.text(tenantId))))
                                    .items()
                                    .stream()
                                    .count();
                }
            }
        }
        return found;
    }

    private static long stored(ObjectStore store, String tenantId) {
        return store.list(null, 1_000).join().stream()
                .filter(entry -> entry.key().startsWith(tenantId + '/'))
                .count();
    }

    private TenantItem entry(String tenantId) {
        return new TenantEntries(clients.dynamoDb()).read(tenantId).orElseThrow();
    }

    private void change(String tenantId, UnaryOperator<TenantItem.Builder> change) {
        TenantItem changed = change.apply(entry(tenantId).toBuilder()).build();
        clients.dynamoDb()
                .putItem(
                        b ->
                                b.tableName("sluice-tenants")
                                        .item(Items.attributes(TenantItemJson.write(changed))));
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** API and job of a system, which do as they are told. */
    private final class Parts implements TenantErasure.RunningParts {
        private final String id;
        private final List<String> commands = new ArrayList<>();
        private Optional<Boolean> answer = Optional.of(true);
        private Runnable atOrder = () -> {};

        private Parts(String id) {
            this.id = id;
        }

        @Override
        public void deleteTenant(String tenantId) {
            change(tenantId, entry -> entry.deleted(true));
        }

        @Override
        public Optional<Boolean> order(String tenantId, String commandId, Duration patience) {
            assertThat(tenantId).isEqualTo(id);
            assertThat(commands).doesNotContain(commandId);
            assertThat(entry(tenantId).deleted()).isTrue();
            commands.add(commandId);
            atOrder.run();
            return answer;
        }

        @Override
        public void checkpoint() {
            assertThat(entry(id).erasing()).isTrue();
        }
    }
}
