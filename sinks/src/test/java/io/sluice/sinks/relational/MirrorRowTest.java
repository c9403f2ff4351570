package io.sluice.sinks.relational;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MirrorRowTest {
    @Test
    void nothingOfAnAnswerGoesIntoTheMirrorOrACheckpoint() {
        MirrorRow row =
                MirrorRow.of(MirrorRows.result("acme", "r1", "{\"text\":\"TOP SECRET\"}"), false);
        assertThat(new String(row.json(), StandardCharsets.UTF_8))
                .doesNotContain("TOP SECRET", "\"output\"", "requests-per-minute")
                .contains("\"r1\"");
    }

    @Test
    void ownDatabaseIsNamedAfterTheTenantAndFitsAName() {
        String longest = "x".repeat(50);
        assertThat(DatabaseName.of(longest, true)).isEqualTo("orchestrator_" + longest).hasSize(63);
        assertThat(DatabaseName.of("acme", false)).isEqualTo(DatabaseName.SHARED);
        assertThatThrownBy(() -> DatabaseName.of("a\"; DROP DATABASE x; --", true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rowsOfTheTwoTablesNeverShareAKey() {
        MirrorRow usage = MirrorRows.usage("acme", 0, 1);
        MirrorRow result = MirrorRow.of(MirrorRows.result("acme", usage.rangeKey(), "x"), false);
        assertThat(usage.key()).isNotEqualTo(result.key());
    }

    @Test
    void statementsWriteOnceAndNeverBackwards() {
        assertThat(MirrorTable.USAGE_WINDOWS.upsert())
                .contains("ON CONFLICT (tenant_id, granularity, window_start, model, endpoint,")
                .endsWith("WHERE excluded.version > kept.version");
        assertThat(MirrorTable.RESULTS.upsert())
                .endsWith("ON CONFLICT (tenant_id, request_id) DO NOTHING");
    }
}
