package io.sluice.pipeline.codec;

import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link EffectivePolicy} inside other layouts; changing them is a new version of
 * each of those.
 */
final class PolicyFields {
    private PolicyFields() {}

    static void write(EffectivePolicy policy, DataOutputView out) throws IOException {
        Varint.write(policy.version(), out);
        out.writeUTF(policy.hash());
        out.writeUTF(policy.tier());
        Varint.write(policy.requestsPerMinute(), out);
        Varint.write(policy.requestsPerDay(), out);
        Varint.write(policy.maxConcurrent(), out);
        Varint.write(policy.cache().llmTtlMillis(), out);
        out.writeUTF(policy.priceVersion());
    }

    static EffectivePolicy read(DataInputView in) throws IOException {
        return EffectivePolicy.builder()
                .version((int) Varint.read(in))
                .hash(in.readUTF())
                .tier(in.readUTF())
                .requestsPerMinute(Varint.read(in))
                .requestsPerDay(Varint.read(in))
                .maxConcurrent((int) Varint.read(in))
                .cache(CacheRules.SHIPPED.withLlmTtlMillis(Varint.read(in)))
                .priceVersion(in.readUTF())
                .build();
    }
}
