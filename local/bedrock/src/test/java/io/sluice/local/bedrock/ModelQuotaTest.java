package io.sluice.local.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelQuotaTest {

    private static ModelQuota quota(long requests, long tokens, long burnDown) {
        return new ModelQuota(new QuotaRule("*", requests, tokens, burnDown, 60), 0);
    }

    private static int taken(ModelQuota quota, long tokens, long now) {
        int taken = 0;
        while (quota.take(tokens, now)) {
            taken++;
        }
        return taken;
    }

    @Test
    void requestsComeBackAsTimePasses() {
        ModelQuota quota = quota(60, 0, 1);
        assertThat(taken(quota, 1_000_000, 0)).isEqualTo(60);
        assertThat(taken(quota, 1, 999)).isZero();
        assertThat(taken(quota, 1, 1_000)).isEqualTo(1);
        assertThat(taken(quota, 1, 11_500)).isEqualTo(10);
        assertThat(taken(quota, 1, 1_000_000)).isEqualTo(60);
    }

    @Test
    void unusedTokensArePutBackAndOutputBurnsDown() {
        ModelQuota quota = quota(0, 1_000, 5);
        assertThat(taken(quota, 500, 0)).isEqualTo(2);
        quota.settle(500, 100, 20, 0); // 300 back
        assertThat(taken(quota, 300, 0)).isEqualTo(1);
        quota.settle(300, 100, 100, 0); // 300 more than it took
        assertThat(taken(quota, 1, 18_000)).isZero();
        assertThat(taken(quota, 1, 18_060)).isEqualTo(1);
    }

    @Test
    void callLargerThanTheBucketNeedsAFullOne() {
        ModelQuota quota = quota(0, 1_000, 1);
        assertThat(taken(quota, 5_000, 0)).isEqualTo(1);
        assertThat(taken(quota, 5_000, 299_999)).isZero();
        assertThat(taken(quota, 5_000, 300_000)).isEqualTo(1);
    }

    @Test
    void burstIsSoManySecondsOfTheRate() {
        ModelQuota quota = new ModelQuota(new QuotaRule("*", 600, 0, 1, 2), 0);
        assertThat(taken(quota, 1, 0)).isEqualTo(20);
        assertThat(taken(quota, 1, 60_000)).isEqualTo(20);
    }
}
