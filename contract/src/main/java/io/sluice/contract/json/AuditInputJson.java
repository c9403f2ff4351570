package io.sluice.contract.json;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;
import io.sluice.contract.audit.AuditInput;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.RecordedInput;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the engine saw of an event from the {@code input} of its audit record, field by field
 * as {@link io.sluice.contract.audit.CanonicalFacts} wrote it.
 */
public final class AuditInputJson {
    private static final String INPUT = "input";

    private AuditInputJson() {}

    /**
     * What a record's transition answered to.
     *
     * @param newest the policy of the tenant's newest record that wrote one whole; null if none did
     * @throws MalformedJsonException if the body is no record's
     */
    public static AuditInput read(AuditRecord record, @Nullable EffectivePolicy newest) {
        return read(record.tenantId(), of(record), newest);
    }

    /**
     * The part of a record that this reads.
     *
     * @throws MalformedJsonException if it has none
     */
    public static RecordedInput of(AuditRecord record) {
        RawFields fields = new RawFields(record.body());
        while (fields.next()) {
            if (fields.isNamed(INPUT)) {
                return new RecordedInput(
                        record.seq(),
                        record.kind(),
                        record.arrivedAtMillis(),
                        record.hash(),
                        record.body(),
                        fields.valueFrom(),
                        fields.valueLength());
            }
        }
        throw new MalformedJsonException("record: expected the field input");
    }

    /**
     * What a tenant's recorded transition answered to.
     *
     * @param newest the policy of the tenant's newest record that wrote one whole; null if none did
     * @throws MalformedJsonException if the input is none of a record
     */
    public static AuditInput read(
            String tenantId, RecordedInput input, @Nullable EffectivePolicy newest) {
        FactsJson.checkTenantId(tenantId);
        CanonicalReader in =
                new CanonicalReader(INPUT, input.bytes(), input.from(), input.length());
        long arrivedAtMillis = input.arrivedAtMillis();
        AuditInput read;
        switch (input.kind()) {
            case REQUEST:
                read = AuditInput.of(arrivedAtMillis, AuditRequestJson.read(tenantId, in, newest));
                break;
            case OUTCOME:
                read = AuditInput.of(arrivedAtMillis, outcome(tenantId, in));
                break;
            case COMMAND:
                read = AuditInput.of(arrivedAtMillis, command(tenantId, in));
                break;
            default:
                throw new IllegalStateException("a kind of record without a rule");
        }
        in.end();
        return read;
    }

    private static OutcomeFacts outcome(String tenantId, CanonicalReader in) {
        OutcomeFacts.Builder facts =
                OutcomeFacts.builder()
                        .tenantId(tenantId)
                        .attempt(in.beginObject().smallNumber("attempt"))
                        .complete(in.flag("complete"));
        long costPicoUsd = notNegative("cost_pico_usd", in.number("cost_pico_usd"));
        facts.costPicoUsd(costPicoUsd)
                .estimatedCostPicoUsd(
                        notNegative(
                                "estimated_cost_pico_usd", in.number("estimated_cost_pico_usd", 0)))
                .finishedAtMillis(in.number("finished_at_millis"))
                .latencyMillis(in.number("latency_millis"))
                .model(in.text("model"))
                .priceVersion(in.text("price_version"))
                .providerCostPicoUsd(
                        notNegative(
                                "provider_cost_pico_usd",
                                in.number("provider_cost_pico_usd", costPicoUsd)))
                .reason(in.optionalText("reason"))
                .requestId(in.text("request_id"))
                .stale(in.optionalFlag("stale"))
                .status(in.word("status", OutcomeStatus::ofWireName))
                .stopReason(in.optionalText("stop_reason"))
                .usage(usage(in.field("usage")));
        in.endObject();
        return facts.build();
    }

    private static long notNegative(String name, long picoUsd) {
        if (picoUsd < 0) {
            throw new MalformedJsonException(
                    "input." + name + ": seen " + picoUsd + ", expected 0 or more");
        }
        return picoUsd;
    }

    private static Usage usage(CanonicalReader in) {
        Usage.Builder usage =
                Usage.builder()
                        .cacheReadTokens(in.beginObject().number("cache_read_tokens"))
                        .cacheWrite1hTokens(in.number("cache_write_1h_tokens", 0))
                        .cacheWriteTokens(in.number("cache_write_tokens"))
                        .estimated(in.optionalFlag("estimated"))
                        .inputTokens(in.number("input_tokens"))
                        .outputTokens(in.number("output_tokens"));
        in.endObject();
        try {
            return usage.build();
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("input.usage: " + e.getMessage(), e);
        }
    }

    private static CommandEvent command(String tenantId, CanonicalReader in) {
        CommandEvent.Builder command =
                CommandEvent.builder()
                        .tenantId(tenantId)
                        .commandId(in.beginObject().text("command_id"))
                        .name(in.text("name"))
                        .subject(in.optionalText("subject"));
        in.endObject();
        return command.build();
    }
}
