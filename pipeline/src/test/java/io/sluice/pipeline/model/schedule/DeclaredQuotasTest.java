package io.sluice.pipeline.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.TargetQuota;
import org.junit.jupiter.api.Test;

class DeclaredQuotasTest {
    private final DeclaredQuotas quotas = new DeclaredQuotas();

    @Test
    void ofSeveralNamesTheLeastCountsWhicheverCameLast() {
        TargetQuota chat = new TargetQuota(1_000, TargetQuota.UNLIMITED, 8, 1);
        TargetQuota batch = new TargetQuota(400, 60, TargetQuota.UNLIMITED, 5);
        TargetQuota least = new TargetQuota(400, 60, 8, 5);

        assertThat(quotas.declared("chat", chat, 0)).isEqualTo(chat);
        assertThat(quotas.declared("batch", batch, 1)).isEqualTo(least);
        assertThat(quotas.declared("chat", chat, 2)).isEqualTo(least);
    }

    @Test
    void newestWordOfANameCountsAndANameThatNobodyAsksForIsForgotten() {
        TargetQuota small = new TargetQuota(10, 10, 1, 1);
        TargetQuota large = new TargetQuota(90, 90, 9, 1);
        quotas.declared("chat", small, 0);
        assertThat(quotas.declared("chat", large, 1)).isEqualTo(large);

        quotas.declared("batch", small, 1);
        assertThat(quotas.declared("chat", large, 600_000)).isEqualTo(small);
        assertThat(quotas.declared("chat", large, 600_001)).isEqualTo(large);
    }
}
