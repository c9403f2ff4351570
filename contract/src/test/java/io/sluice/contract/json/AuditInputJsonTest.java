package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheMode;
import io.sluice.contract.CacheRules;
import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import io.sluice.contract.Labels;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import io.sluice.contract.Route;
import io.sluice.contract.Usage;
import io.sluice.contract.audit.CanonicalFacts;
import io.sluice.contract.audit.CanonicalWriter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What the engine saw is read back from its record the same, whatever it was. */
class AuditInputJsonTest {
    @Property
    void requests(
            @ForAll long number,
            @ForAll @LongRange(max = Long.MAX_VALUE) long amount,
            @ForAll CacheMode cacheMode,
            @ForAll Priority priority,
            @ForAll boolean present,
            @ForAll boolean other) {
        RequestFacts facts =
                Examples.request().facts().toBuilder()
                        .receivedAtMillis(number)
                        .deadlineAtMillis(number)
                        .estimatedInputTokens(number)
                        .maxTokens(amount)
                        .cacheMode(cacheMode)
                        .priority(priority)
                        .sampled(present)
                        .taskHash(other ? "ab".repeat(32) : null)
                        .policy(policy(amount, present, other))
                        .prices(other ? Map.of("a", ReservePrice.flat(amount, 7)) : Map.of())
                        .route(
                                present
                                        ? new Route(
                                                Route.to(Examples.request().facts().model())
                                                        .candidates(),
                                                amount,
                                                null)
                                        : null)
                        .labels(
                                Labels.builder()
                                        .endpoint("chat")
                                        .agentId(present ? "a:b" : null)
                                        .userId(other ? "u@x" : null)
                                        .session(other ? "s" : null)
                                        .metadata(other ? Map.of("z", "1", "a", "2") : Map.of())
                                        .build())
                        .build();
        RequestFacts seen = present && amount == 0 ? facts.toBuilder().route(null).build() : facts;
        JsonNode whole = written(out -> CanonicalFacts.write(out, facts, true));
        assertThat(AuditInputJson.request("acme", whole, null)).isEqualTo(seen);
        JsonNode brief = written(out -> CanonicalFacts.write(out, facts, false));
        assertThat(AuditInputJson.request("acme", brief.deepCopy(), facts.policy()))
                .isEqualTo(seen);
        EffectivePolicy newer =
                facts.policy().toBuilder().version(facts.policy().version() + 1).build();
        assertThat(AuditInputJson.request("acme", brief, newer)).isEqualTo(seen);
    }

    @Property
    void outcomes(
            @ForAll @IntRange(max = 1_000) int attempt,
            @ForAll OutcomeStatus status,
            @ForAll @LongRange(max = Long.MAX_VALUE) long tokens,
            @ForAll boolean present,
            @ForAll boolean other) {
        OutcomeFacts facts =
                Examples.outcome().facts().toBuilder()
                        .attempt(attempt)
                        .status(status)
                        .complete(present)
                        .stale(other)
                        .reason(present ? null : "model-error")
                        .stopReason(other ? "end_turn" : null)
                        .usage(
                                Usage.of(tokens, tokens).toBuilder()
                                        .cacheWriteTokens(tokens)
                                        .cacheWrite1hTokens(present ? tokens : 0)
                                        .estimated(other)
                                        .build())
                        .costPicoUsd(tokens)
                        .providerCostPicoUsd(other ? tokens / 2 : tokens)
                        .estimatedCostPicoUsd(present ? tokens : 0)
                        .build();
        JsonNode input = written(out -> CanonicalFacts.write(out, facts));
        assertThat(AuditInputJson.outcome("acme", input)).isEqualTo(facts);
    }

    @Property
    void commands(@ForAll boolean present) {
        CommandEvent command =
                Examples.command().toBuilder()
                        .subject(present ? "req_1" : null)
                        .traceparent(null)
                        .build();
        JsonNode input = written(out -> CanonicalFacts.write(out, command));
        assertThat(AuditInputJson.command("acme", input)).isEqualTo(command);
    }

    @Example
    void contentOfAPolicyThatNobodyWroteIsMissed() {
        RequestFacts facts = Examples.request().facts();
        JsonNode brief = written(out -> CanonicalFacts.write(out, facts, false));
        assertThatThrownBy(() -> AuditInputJson.request("acme", brief, null))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(
                        "input.policy: no earlier record has the content of version "
                                + facts.policy().version());
    }

    /** Writing in order is the same as sorting. */
    private static JsonNode written(java.util.function.Consumer<CanonicalWriter> content) {
        CanonicalWriter out = new CanonicalWriter();
        content.accept(out);
        JsonNode read = Json.parse(out.toBytes());
        assertThat(Json.bytes(SortedJson.of(read))).isEqualTo(out.toBytes());
        return read;
    }

    private static EffectivePolicy policy(long amount, boolean present, boolean other) {
        return Examples.request().facts().policy().toBuilder()
                .requestsPerMinute(amount)
                .tokensPerMinute(present ? amount : EffectivePolicy.UNLIMITED)
                .dayBudget(present ? Budget.of(amount, BudgetAction.BLOCK, null) : null)
                .monthBudget(other ? Budget.of(amount, BudgetAction.DOWNGRADE, "m") : null)
                .cache(new CacheRules(amount, 1, 2, present, 3, 4))
                .allowedModels(other ? List.of("m", "n") : List.of())
                .shadow(present ? List.of("requests-per-minute") : List.of())
                .isolation(other ? Isolation.SILO : Isolation.POOLED)
                .ambiguous(other ? AmbiguousAction.FAIL : AmbiguousAction.RETRY)
                .build();
    }
}
