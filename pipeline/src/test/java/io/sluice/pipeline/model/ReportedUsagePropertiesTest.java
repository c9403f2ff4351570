package io.sluice.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Usage;
import io.sluice.contract.policy.ModelFamily;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every token of a call is in one kind, whichever way its provider counts. */
class ReportedUsagePropertiesTest {
    @Property
    void wholeInputIsTheSumOfItsPartsUnderBothConventions(
            @ForAll @IntRange(max = 1_000_000) int uncached,
            @ForAll @IntRange(max = 1_000_000) int read,
            @ForAll @IntRange(max = 1_000_000) int written,
            @ForAll @IntRange(max = 1_000_000) int output,
            @ForAll @IntRange(max = 1_100_000) int hour) {
        Usage exclusive =
                new ReportedUsage(uncached, output, read, written, hour)
                        .normalised(UsageConvention.EXCLUSIVE)
                        .orElseThrow();
        Usage inclusive =
                new ReportedUsage(uncached + read + written, output, read, written, hour)
                        .normalised(UsageConvention.INCLUSIVE)
                        .orElseThrow();
        assertThat(inclusive).isEqualTo(exclusive);
        assertThat(exclusive.inputTokens()).isEqualTo(uncached);
        assertThat(exclusive.cacheReadTokens()).isEqualTo(read);
        assertThat(exclusive.cacheWrite5mTokens() + exclusive.cacheWrite1hTokens())
                .isEqualTo(written);
        assertThat(exclusive.cacheWrite1hTokens()).isEqualTo(Math.min(hour, written));
        assertThat(exclusive.outputTokens()).isEqualTo(output);
        assertThat(exclusive.estimated()).isFalse();
    }

    @Test
    void inputBelowItsPartsCannotHaveThemInIt() {
        assertThat(new ReportedUsage(2, 1, 0, 4_993, null).normalised(UsageConvention.INCLUSIVE))
                .map(Usage::inputTokens)
                .contains(2L);
    }

    @Test
    void missingIsNotZero() {
        assertThat(new ReportedUsage(0, 0, null, null, null).normalised(UsageConvention.EXCLUSIVE))
                .contains(Usage.NONE);
        assertThat(new ReportedUsage(null, 1, 0, 0, 0).normalised(UsageConvention.EXCLUSIVE))
                .isEmpty();
        assertThat(new ReportedUsage(1, null, 0, 0, 0).normalised(UsageConvention.EXCLUSIVE))
                .isEmpty();
        assertThat(new ReportedUsage(1, 1, -1, 0, 0).normalised(UsageConvention.EXCLUSIVE))
                .isEmpty();
    }

    @Test
    void onlyStreamsOfOpenAiCountInclusively() {
        for (ModelFamily family : ModelFamily.values()) {
            assertThat(UsageConvention.of(family, false)).isEqualTo(UsageConvention.EXCLUSIVE);
            assertThat(UsageConvention.of(family, true))
                    .isEqualTo(
                            family == ModelFamily.OPENAI
                                    ? UsageConvention.INCLUSIVE
                                    : UsageConvention.EXCLUSIVE);
        }
        assertThat(ModelFamily.ofId("us.openai.gpt-5.6")).isEqualTo(ModelFamily.OPENAI);
    }
}
