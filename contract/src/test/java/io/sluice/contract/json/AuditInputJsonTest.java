package io.sluice.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditKind;
import io.sluice.contract.audit.CanonicalFacts;
import io.sluice.contract.audit.CanonicalWriter;
import io.sluice.contract.audit.RecordedInput;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

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
        byte[] whole = written(out -> CanonicalFacts.write(out, facts, true));
        assertThat(read(AuditKind.REQUEST, whole, null).request()).isEqualTo(seen);
        byte[] brief = written(out -> CanonicalFacts.write(out, facts, false));
        assertThat(read(AuditKind.REQUEST, brief, facts.policy()).request()).isEqualTo(seen);
        EffectivePolicy newer =
                facts.policy().toBuilder().version(facts.policy().version() + 1).build();
        assertThat(read(AuditKind.REQUEST, brief, newer).request()).isEqualTo(seen);
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
        byte[] input = written(out -> CanonicalFacts.write(out, facts));
        assertThat(read(AuditKind.OUTCOME, input, null).outcome()).isEqualTo(facts);
    }

    @Property
    void commands(@ForAll boolean present) {
        CommandEvent command =
                Examples.command().toBuilder()
                        .subject(present ? "req_1" : null)
                        .traceparent(null)
                        .build();
        byte[] input = written(out -> CanonicalFacts.write(out, command));
        assertThat(read(AuditKind.COMMAND, input, null).command()).isEqualTo(command);
    }

    /** Texts of any characters that a canonical record may have. */
    @Property
    void textsOfAnyCharacters(@ForAll @StringLength(max = 20) String text, @ForAll long number) {
        Assume.that(text.equals(new String(utf8(text), StandardCharsets.UTF_8)));
        CommandEvent command =
                Examples.command().toBuilder().subject(text).traceparent(null).build();
        CanonicalWriter input = new CanonicalWriter();
        CanonicalFacts.write(input, command);
        assertThat(read(AuditKind.COMMAND, input.toBytes(), null).command()).isEqualTo(command);
        OutcomeFacts outcome =
                Examples.outcome().facts().toBuilder()
                        .reason(text)
                        .finishedAtMillis(number)
                        .build();
        CanonicalWriter end = new CanonicalWriter();
        CanonicalFacts.write(end, outcome);
        assertThat(read(AuditKind.OUTCOME, end.toBytes(), null).outcome()).isEqualTo(outcome);
    }

    /** It refuses more than a reader of any JSON does, but never reads anything else. */
    @Property(tries = 3_000)
    void damagedBytesAreRefusedOrReadAsAnyReaderDoes(@ForAll long seed) {
        Random random = new Random(seed);
        RequestFacts facts = Examples.request().facts().toBuilder().route(null).build();
        byte[] request = written(out -> CanonicalFacts.write(out, facts, true));
        byte[] damaged = damaged(request, random);
        AuditInput read = readable(AuditKind.REQUEST, damaged);
        if (read != null) {
            assertThat(read.request()).isEqualTo(FactsJson.readRequest(fields(damaged)));
        }
        byte[] outcome = written(out -> CanonicalFacts.write(out, Examples.outcome().facts()));
        damaged = damaged(outcome, random);
        read = readable(AuditKind.OUTCOME, damaged);
        if (read != null) {
            assertThat(read.outcome()).isEqualTo(FactsJson.readOutcome(fields(damaged)));
        }
    }

    @Example
    void whatIsNotInCanonicalFormIsRefused() {
        String whole = "{\"command_id\":\"c\",\"name\":\"n\",\"subject\":\"s\"}";
        assertThat(read(AuditKind.COMMAND, utf8(whole), null).command()).isNotNull();
        for (String wrong :
                new String[] {
                    "",
                    "[]",
                    "{}",
                    whole + " ",
                    whole + "}",
                    whole.substring(0, whole.length() - 1),
                    whole.replace("}", ",}"),
                    whole.replace("}", ",\"t\":1}"),
                    whole.replace("{", "{\"a\":1,"),
                    whole.replace(",\"name\"", ", \"name\""),
                    whole.replace("\"s\"", "7"),
                    whole.replace("\"s\"", "\"\n\""),
                    whole.replace("\"s\"", "\"\\x\""),
                    "{\"name\":\"n\",\"command_id\":\"c\"}",
                }) {
            assertThatThrownBy(() -> read(AuditKind.COMMAND, utf8(wrong), null))
                    .as(wrong)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    @Example
    void numbersAreWholeAndWrittenInOneWay() {
        String outcome =
                new String(
                        written(out -> CanonicalFacts.write(out, Examples.outcome().facts())),
                        StandardCharsets.UTF_8);
        String attempt = outcome.substring(0, outcome.indexOf(','));
        for (String wrong :
                new String[] {
                    "01", "-0", "1.0", "1e3", "-", "", "+1", "true", "\"7\"", "\"09\"", "3000000000"
                }) {
            byte[] bytes = utf8(outcome.replace(attempt, "{\"attempt\":" + wrong));
            assertThatThrownBy(() -> read(AuditKind.OUTCOME, bytes, null))
                    .as(wrong)
                    .isInstanceOf(MalformedJsonException.class);
        }
    }

    @Example
    void contentOfAPolicyThatNobodyWroteIsMissed() {
        RequestFacts facts = Examples.request().facts();
        byte[] brief = written(out -> CanonicalFacts.write(out, facts, false));
        assertThatThrownBy(() -> read(AuditKind.REQUEST, brief, null))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(
                        "input.policy: no earlier record has the content of version "
                                + facts.policy().version());
    }

    /** Writing in order is the same as sorting. */
    private static byte[] written(java.util.function.Consumer<CanonicalWriter> content) {
        CanonicalWriter out = new CanonicalWriter();
        content.accept(out);
        JsonNode read = Json.parse(out.toBytes());
        assertThat(Json.bytes(SortedJson.of(read))).isEqualTo(out.toBytes());
        return out.toBytes();
    }

    /** From the middle of other bytes. */
    private static AuditInput read(AuditKind kind, byte[] input, @Nullable EffectivePolicy newest) {
        byte[] bytes = new byte[input.length + 7];
        Arrays.fill(bytes, (byte) '7');
        System.arraycopy(input, 0, bytes, 3, input.length);
        RecordedInput recorded =
                new RecordedInput(1, kind, 5, new byte[32], bytes, 3, input.length);
        return AuditInputJson.read("acme", recorded, newest);
    }

    private static @Nullable AuditInput readable(AuditKind kind, byte[] input) {
        try {
            return read(kind, input, null);
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    /** Mostly a digit or letter for another one, which may go unnoticed. */
    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(damaged.length);
            damaged[at] =
                    random.nextInt(4) == 0
                            ? (byte) random.nextInt()
                            : damaged[random.nextInt(damaged.length)];
        }
        return damaged;
    }

    private static Fields fields(byte[] input) {
        ObjectNode node = (ObjectNode) Json.parse(input);
        return Fields.of("input", node.put("tenant_id", "acme"));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
