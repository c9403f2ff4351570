package io.sluice.pipeline.codec;

import io.sluice.contract.UsageCounts;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link UsageCounts} inside other layouts; changing them is a new version of each of
 * those.
 */
final class UsageCountsFields {
    private UsageCountsFields() {}

    static void write(UsageCounts value, DataOutputView out) throws IOException {
        Varint.write(value.requests(), out);
        Varint.write(value.admitted(), out);
        Varint.write(value.rejected(), out);
        Varint.write(value.cacheHits(), out);
        Varint.write(value.coalesced(), out);
        Varint.write(value.failed(), out);
        Varint.write(value.inputTokens(), out);
        Varint.write(value.outputTokens(), out);
        Varint.write(value.cacheReadTokens(), out);
        Varint.write(value.cacheWriteTokens(), out);
        Amount.write(value.costPicoUsd(), out);
        Amount.write(value.providerCostPicoUsd(), out);
        Amount.write(value.estimatedCostPicoUsd(), out);
    }

    static UsageCounts read(DataInputView in) throws IOException {
        return UsageCounts.builder()
                .requests(Varint.read(in))
                .admitted(Varint.read(in))
                .rejected(Varint.read(in))
                .cacheHits(Varint.read(in))
                .coalesced(Varint.read(in))
                .failed(Varint.read(in))
                .inputTokens(Varint.read(in))
                .outputTokens(Varint.read(in))
                .cacheReadTokens(Varint.read(in))
                .cacheWriteTokens(Varint.read(in))
                .costPicoUsd(Amount.read(in))
                .providerCostPicoUsd(Amount.read(in))
                .estimatedCostPicoUsd(Amount.read(in))
                .build();
    }
}
