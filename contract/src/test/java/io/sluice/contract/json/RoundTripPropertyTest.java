package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.AttemptEnd;
import io.sluice.contract.AttemptItem;
import io.sluice.contract.CacheMode;
import io.sluice.contract.Decision;
import io.sluice.contract.Granularity;
import io.sluice.contract.Isolation;
import io.sluice.contract.Labels;
import io.sluice.contract.LimitStatus;
import io.sluice.contract.Names;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.contract.TenantItem;
import io.sluice.contract.Usage;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.contract.Verdict;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What is written is read back the same, whatever the values are. */
class RoundTripPropertyTest {
    @Property
    void requestEvents(
            @ForAll("text") String payload,
            @ForAll("label") String label,
            @ForAll @Size(max = 16)
                    Map<@net.jqwik.api.From("label") String, @net.jqwik.api.From("label") String>
                            metadata,
            @ForAll long number,
            @ForAll CacheMode cacheMode,
            @ForAll Priority priority,
            @ForAll boolean present) {
        RequestEvent example = Examples.request();
        Labels labels =
                Labels.builder()
                        .endpoint(label)
                        .agentId(present ? label : null)
                        .userId(present ? null : label)
                        .metadata(metadata)
                        .build();
        RequestEvent event =
                example.toBuilder()
                        .payload(payload)
                        .traceparent(present ? example.traceparent() : null)
                        .facts(
                                example.facts().toBuilder()
                                        .receivedAtMillis(number)
                                        .deadlineAtMillis(number)
                                        .estimatedInputTokens(number)
                                        .cacheMode(cacheMode)
                                        .priority(priority)
                                        .labels(labels)
                                        .build())
                        .build();
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @Property
    void outcomeEvents(
            @ForAll("text") String payload,
            @ForAll boolean present,
            @ForAll OutcomeStatus status,
            @ForAll @IntRange(max = 1_000) int attempt,
            @ForAll @LongRange(max = Long.MAX_VALUE) long tokens) {
        OutcomeEvent example = Examples.outcome();
        OutcomeEvent event =
                example.toBuilder()
                        .payload(present ? payload : null)
                        .facts(
                                example.facts().toBuilder()
                                        .attempt(attempt)
                                        .status(status)
                                        .complete(present)
                                        .reason(present ? null : "model-error")
                                        .usage(
                                                Usage.of(tokens, tokens).toBuilder()
                                                        .cacheWriteTokens(tokens)
                                                        .cacheWrite1hTokens(present ? tokens : 0)
                                                        .estimated(present)
                                                        .build())
                                        .costPicoUsd(tokens)
                                        .estimatedCostPicoUsd(present ? tokens : 0)
                                        .build())
                        .build();
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }

    @Property
    void resultItems(
            @ForAll("text") String output,
            @ForAll boolean present,
            @ForAll ResultStatus status,
            @ForAll Verdict verdict,
            @ForAll @LongRange(min = -1, max = Long.MAX_VALUE) long millis,
            @ForAll @Size(max = 5) List<@LongRange(max = Long.MAX_VALUE) Long> limits) {
        ResultItem example = Examples.result();
        Decision decision =
                example.decision().toBuilder()
                        .outcome(verdict)
                        .reason(present ? Names.REQUESTS_PER_DAY : null)
                        .retryAfterMillis(millis)
                        .limits(limits.stream().map(RoundTripPropertyTest::limit).toList())
                        .build();
        ResultItem item =
                example.toBuilder()
                        .status(status)
                        .decision(decision)
                        .output(present ? output : null)
                        .latencyMillis(millis)
                        .isolation(present ? Isolation.SILO : Isolation.POOLED)
                        .build();
        assertThat(ResultItemJson.read(ResultItemJson.write(item))).isEqualTo(item);
    }

    @Property
    void attemptItems(
            @ForAll("text") String output,
            @ForAll boolean present,
            @ForAll OutcomeStatus status,
            @ForAll @IntRange(min = 1, max = AttemptItem.MOST_ATTEMPTS) int number,
            @ForAll @LongRange(max = Long.MAX_VALUE) long count) {
        AttemptEnd end =
                Objects.requireNonNull(Examples.attempt().end()).toBuilder()
                        .status(status)
                        .output(present ? output : null)
                        .reason(present ? null : "timeout")
                        .costPicoUsd(count)
                        .estimated(present)
                        .build();
        AttemptItem item =
                Examples.claim().toBuilder()
                        .attempt(number)
                        .claimedAtMillis(count)
                        .end(present ? end : null)
                        .isolation(present ? Isolation.DATABASE : Isolation.POOLED)
                        .build();
        assertThat(AttemptItemJson.read(AttemptItemJson.write(item))).isEqualTo(item);
    }

    @Property
    void attemptsOfARequestLieInTheirOrder(
            @ForAll @IntRange(min = 2, max = AttemptItem.MOST_ATTEMPTS) int number) {
        AttemptItem.Builder builder = Examples.claim().toBuilder();

        assertThat(builder.attempt(number).build().rangeKey())
                .startsWith(AttemptItem.keyPrefix(Examples.claim().requestId()))
                .isGreaterThan(builder.attempt(number - 1).build().rangeKey());
    }

    @Property
    void usageItems(
            @ForAll Granularity granularity,
            @ForAll @LongRange(min = 0, max = 253_402_300_799_000L) long atMillis,
            @ForAll("label") String label,
            @ForAll long count) {
        UsageItem example = Examples.usageItem();
        UsageItem item =
                example.toBuilder()
                        .key(
                                example.key().toBuilder()
                                        .granularity(granularity)
                                        .windowStartMillis(granularity.windowStart(atMillis))
                                        .endpoint(label)
                                        .lateDayMillis(
                                                count % 2 == 0
                                                        ? UsageKey.ON_TIME
                                                        : Granularity.DAY.windowStart(atMillis))
                                        .build())
                        .counts(
                                example.counts().toBuilder()
                                        .requests(count)
                                        .costPicoUsd(BigInteger.valueOf(count).pow(2))
                                        .build())
                        .version(count)
                        .isolation(count % 3 == 0 ? Isolation.SILO : Isolation.POOLED)
                        .build();
        assertThat(UsageItemJson.read(UsageItemJson.write(item))).isEqualTo(item);
    }

    @Property
    void tenantItems(
            @ForAll boolean suspended,
            @ForAll boolean deleted,
            @ForAll int version,
            @ForAll @Size(max = 4) Map<@net.jqwik.api.From("label") String, Long> overrides) {
        com.fasterxml.jackson.databind.node.ObjectNode text = Json.object();
        new java.util.TreeMap<>(overrides).forEach(text::put);
        TenantItem item =
                Examples.tenant().toBuilder()
                        .suspended(suspended)
                        .deleted(deleted)
                        .policyVersion(version)
                        .overrides(Json.text(text))
                        .tierByPolicy(suspended)
                        .policyHash(deleted ? "ab".repeat(32) : null)
                        .isolation(suspended ? Isolation.SILO : Isolation.POOLED)
                        .alsoIn(deleted ? Isolation.POOLED : null)
                        .movedAtMillis(Math.abs((long) version))
                        .build();
        assertThat(TenantItemJson.readTenant(TenantItemJson.write(item))).isEqualTo(item);
    }

    @Provide
    static Arbitrary<String> text() {
        StringArbitrary any = Arbitraries.strings().all().ofMaxLength(200);
        // Text with half a surrogate pair has no UTF-8 form; the ingress refuses it.
        return any.filter(text -> text.equals(new String(text.getBytes(UTF_8), UTF_8)));
    }

    @Provide
    static Arbitrary<String> label() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars("._:@-")
                .ofMinLength(1)
                .ofMaxLength(64);
    }

    private static LimitStatus limit(long value) {
        return LimitStatus.builder()
                .name(Names.REQUESTS_PER_DAY)
                .limit(value)
                .remaining(value)
                .resetMillis(value)
                .build();
    }

    private static final java.nio.charset.Charset UTF_8 = java.nio.charset.StandardCharsets.UTF_8;
}
