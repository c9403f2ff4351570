package io.sluice.pipeline.codec;

import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.Usage;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link OutcomeFacts} inside other layouts; changing them is a new version of each
 * of those.
 */
final class OutcomeFields {
    /** A status is written as its place here: append only. */
    private static final List<OutcomeStatus> STATUSES =
            List.of(OutcomeStatus.SUCCEEDED, OutcomeStatus.FAILED, OutcomeStatus.CANCELLED);

    private OutcomeFields() {}

    static void write(OutcomeFacts facts, DataOutputView out) throws IOException {
        out.writeUTF(facts.tenantId());
        out.writeUTF(facts.requestId());
        Varint.write(facts.attempt(), out);
        Varint.write(facts.finishedAtMillis(), out);
        out.writeByte(STATUSES.indexOf(facts.status()));
        Texts.writeOptional(facts.reason(), out);
        out.writeUTF(facts.model());
        Texts.writeOptional(facts.stopReason(), out);
        out.writeBoolean(facts.complete());
        out.writeBoolean(facts.stale());
        Varint.write(facts.usage().inputTokens(), out);
        Varint.write(facts.usage().outputTokens(), out);
        Varint.write(facts.usage().cacheReadTokens(), out);
        Varint.write(facts.usage().cacheWriteTokens(), out);
        Varint.write(facts.usage().cacheWrite1hTokens(), out);
        out.writeBoolean(facts.usage().estimated());
        Varint.write(facts.costPicoUsd(), out);
        Varint.write(facts.providerCostPicoUsd(), out);
        Varint.write(facts.estimatedCostPicoUsd(), out);
        out.writeUTF(facts.priceVersion());
        Varint.write(facts.latencyMillis(), out);
    }

    static OutcomeFacts read(DataInputView in) throws IOException {
        return OutcomeFacts.builder()
                .tenantId(in.readUTF())
                .requestId(in.readUTF())
                .attempt((int) Varint.read(in))
                .finishedAtMillis(Varint.read(in))
                .status(STATUSES.get(in.readByte()))
                .reason(Texts.readOptional(in))
                .model(in.readUTF())
                .stopReason(Texts.readOptional(in))
                .complete(in.readBoolean())
                .stale(in.readBoolean())
                .usage(
                        Usage.builder()
                                .inputTokens(Varint.read(in))
                                .outputTokens(Varint.read(in))
                                .cacheReadTokens(Varint.read(in))
                                .cacheWriteTokens(Varint.read(in))
                                .cacheWrite1hTokens(Varint.read(in))
                                .estimated(in.readBoolean())
                                .build())
                .costPicoUsd(Varint.read(in))
                .providerCostPicoUsd(Varint.read(in))
                .estimatedCostPicoUsd(Varint.read(in))
                .priceVersion(in.readUTF())
                .latencyMillis(Varint.read(in))
                .build();
    }
}
