package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TenantTablePropertyTest {
    /** What DynamoDB takes. */
    private static final Pattern DYNAMODB = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

    /** Few characters, so that names that could be taken for each other are frequent. */
    @Provide
    static Arbitrary<String> tenant() {
        return Arbitraries.strings()
                .withChars("a-_")
                .ofMinLength(0)
                .ofMaxLength(6)
                .map(rest -> 'a' + rest);
    }

    @Provide
    static Arbitrary<String> shared() {
        return Arbitraries.strings().withChars("a-.A").ofMinLength(3).ofMaxLength(6);
    }

    @Property
    void ownNamesAreEqualOnlyOfOneKindAndTenant(
            @ForAll("shared") String shared,
            @ForAll("tenant") String tenant,
            @ForAll("shared") String otherShared,
            @ForAll("tenant") String otherTenant) {
        String own = TenantTable.of(shared).own(tenant);
        assertThat(own.equals(TenantTable.of(otherShared).own(otherTenant)))
                .isEqualTo(shared.equals(otherShared) && tenant.equals(otherTenant));
        assertThat(own).isNotEqualTo(otherShared).matches(DYNAMODB);
    }

    @Property
    void ownNameOfOneTenantIsNoOthersWhateverTheKinds(
            @ForAll("tenant") String tenant, @ForAll("tenant") String otherTenant) {
        Map<String, String> owners = new HashMap<>();
        for (TableShape shape : TableShape.values()) {
            owners.put(shape.usualName(), "");
        }
        for (String id : new String[] {tenant, otherTenant}) {
            for (TableShape shape : TableShape.perTenant()) {
                String before = owners.put(shape.tables().own(id), id);
                assertThat(before).isIn(null, id);
            }
        }
    }

    @Example
    void rowsLieWhereTheirIsolationSays() {
        TenantTable usage = TableShape.USAGE.tables();
        assertThat(usage.of("acme", Isolation.POOLED)).isEqualTo("sluice-usage");
        assertThat(usage.of("acme", Isolation.SILO)).isEqualTo("sluice-usage_acme");
        assertThat(usage.of("acme", Isolation.DATABASE)).isEqualTo("sluice-usage_acme");
    }

    @Example
    void longestNamesAreDynamoDbsLongest() {
        String own = TenantTable.of("s".repeat(204)).own("t".repeat(50));
        assertThat(own).hasSize(255).matches(DYNAMODB);
    }

    @Example
    void namesThatCouldBeAnothersAreRefused() {
        for (String bad : new String[] {"", "ab", "sluice_usage", "usage/a", "s".repeat(205)}) {
            assertThatThrownBy(() -> TenantTable.of(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 3 to 204");
        }
        for (String bad : new String[] {"", "Acme", "_a", "a/b", "t".repeat(51)}) {
            assertThatThrownBy(() -> TableShape.USAGE.tables().own(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("tenant id");
        }
        assertThatThrownBy(TableShape.TENANTS::tables).isInstanceOf(IllegalStateException.class);
    }
}
