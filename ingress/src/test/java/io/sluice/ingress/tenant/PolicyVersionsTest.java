package io.sluice.ingress.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.TenantItem;
import io.sluice.contract.json.PriceBookJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyVersionsTest {
    @TempDir Path dir;

    private final TableOfTenants table = new TableOfTenants();

    /** An ingress node with a policy file of its own. */
    private final class Node {
        private final Path path;
        private final PolicyFile file;
        private final PolicyVersions versions;

        Node(String name) throws IOException {
            path = Files.writeString(dir.resolve(name), "tiers: {free: {weight: 1}}");
            file = new PolicyFile(path, PriceBookJson.shipped());
            versions =
                    new PolicyVersions(
                            table, table.lookups(), new Policies(file, PriceBookJson.shipped()));
        }

        void weight(int weight) throws IOException {
            Files.writeString(path, "tiers: {free: {weight: " + weight + "}}");
            file.poll();
            assertThat(file.poll()).isTrue();
        }

        Tenant tenant() {
            return versions.tenant("acme").join().orElseThrow();
        }

        /** Version and weight in force. */
        String inForce() {
            Tenant tenant = tenant();
            assertThat(tenant.policy().version()).isEqualTo(tenant.item().policyVersion());
            return tenant.policy().version() + ":" + tenant.policy().weight();
        }
    }

    @BeforeEach
    void tenant() {
        table.put(TenantItem.builder().tenantId("acme").tier("free").policyVersion(3).build());
    }

    @Test
    void tenantWithoutAHashTakesTheNextVersionOnceAndIsArchived() throws IOException {
        Node node = new Node("a");
        assertThat(node.inForce()).isEqualTo("4:1");
        assertThat(node.inForce()).isEqualTo("4:1");
        assertThat(table.writes()).isEqualTo(1);
        assertThat(table.stored("acme").policyHash()).isEqualTo(node.tenant().policy().hash());
        assertThat(table.policy("acme", 4).join()).contains(node.tenant().resolved());
    }

    @Test
    void changedFileRaisesTheVersionOnceAndEveryNodeAgrees() throws IOException {
        Node one = new Node("a");
        Node two = new Node("b");
        assertThat(one.inForce()).isEqualTo("4:1");
        assertThat(two.inForce()).isEqualTo("4:1");
        one.weight(2);
        two.weight(2);
        assertThat(two.inForce()).isEqualTo("5:2");
        assertThat(one.inForce()).isEqualTo("5:2");
        assertThat(table.writes()).isEqualTo(2);
    }

    @Test
    void changeThatDoesNotConcernATenantKeepsItsVersion() throws IOException {
        Node node = new Node("a");
        node.inForce();
        Files.writeString(node.path, "tiers: {free: {weight: 1}, business: {weight: 9}}");
        node.file.poll();
        assertThat(node.file.poll()).isTrue();
        assertThat(node.inForce()).isEqualTo("4:1");
    }

    @Test
    void nodeThatLosesTheRaceReadsAgainAndAgrees() throws IOException {
        Node one = new Node("a");
        Node two = new Node("b");
        table.beforeNextWrite(() -> two.inForce());
        assertThat(one.inForce()).isEqualTo("4:1");
        assertThat(table.writes()).isEqualTo(1);
    }

    @Test
    void nodeWithAnOldFileTakesOverTheArchivedPolicyAndNeverRaisesAgainstTheNewer()
            throws IOException {
        Node late = new Node("a");
        Node early = new Node("b");
        late.inForce();
        early.inForce();
        early.weight(7);
        assertThat(early.inForce()).isEqualTo("5:7");
        for (int i = 0; i < 3; i++) {
            assertThat(late.inForce()).isEqualTo("5:7");
            assertThat(early.inForce()).isEqualTo("5:7");
        }
        late.weight(7);
        assertThat(late.inForce()).isEqualTo("5:7");
        assertThat(table.writes()).isEqualTo(2);
    }

    @Test
    void goingBackToAnEarlierFileIsANewVersion() throws IOException {
        Node node = new Node("a");
        node.inForce();
        node.weight(2);
        node.inForce();
        node.weight(1);
        assertThat(node.inForce()).isEqualTo("6:1");
    }

    @Test
    void deletedTenantAndUnknownTierHaveNoPolicyAndNoNewVersion() throws IOException {
        Node node = new Node("a");
        table.put(table.stored("acme").toBuilder().tier("gold").build());
        assertThat(node.versions.tenant("acme").join()).isEqualTo(Optional.empty());
        table.put(table.stored("acme").toBuilder().tier("free").deleted(true).build());
        assertThat(node.versions.tenant("acme").join()).isEqualTo(Optional.empty());
        assertThat(table.writes()).isZero();
    }

    @Test
    void tierThatNoAdministratorChoseFollowsTheFile() throws IOException {
        Node node = new Node("a");
        table.put(table.stored("acme").toBuilder().tierByPolicy(true).build());
        assertThat(node.tenant().policy().tier()).isEqualTo("free");
        Files.writeString(node.path, "tenants: {acme: {tier: business}}");
        node.file.poll();
        assertThat(node.file.poll()).isTrue();
        assertThat(node.tenant().policy().tier()).isEqualTo("business");
        assertThat(table.stored("acme").tier()).isEqualTo("business");
    }

    @Test
    void overridesThatCannotBeUsedRefuseTheTenantAndNothingElse() throws IOException {
        table.put(table.stored("acme").toBuilder().overrides("{\"weight\":-4}").build());
        assertThat(new Node("a").versions.tenant("acme").join()).isEmpty();
    }
}
