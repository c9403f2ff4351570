package io.sluice.pipeline.codec;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Labels;
import io.sluice.contract.Priority;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The fields of {@link RequestFacts} inside other layouts; changing them is a new version of each
 * of those.
 */
final class RequestFields {
    /** Values are written as their place here: append only. */
    private static final List<CacheMode> MODES =
            List.of(CacheMode.DEFAULT, CacheMode.BYPASS, CacheMode.REFRESH);

    private static final List<Priority> PRIORITIES =
            List.of(Priority.HIGH, Priority.NORMAL, Priority.LOW);

    private RequestFields() {}

    static void write(RequestFacts facts, DataOutputView out) throws IOException {
        out.writeUTF(facts.tenantId());
        out.writeUTF(facts.requestId());
        Varint.write(facts.receivedAtMillis(), out);
        PolicyFields.write(facts.policy(), out);
        out.writeUTF(facts.model());
        Hex.write(facts.promptHash(), out);
        out.writeBoolean(facts.taskHash() != null);
        if (facts.taskHash() != null) {
            Hex.write(facts.taskHash(), out);
        }
        out.writeByte(MODES.indexOf(facts.cacheMode()));
        out.writeBoolean(facts.sampled());
        Varint.write(facts.estimatedInputTokens(), out);
        Varint.write(facts.maxTokens(), out);
        writePrices(facts.prices(), out);
        RouteFields.writeOptional(facts.ownRoute(), out);
        out.writeByte(PRIORITIES.indexOf(facts.priority()));
        Varint.write(facts.deadlineAtMillis(), out);
        Labels labels = facts.labels();
        out.writeUTF(labels.endpoint());
        Texts.writeOptional(labels.agentId(), out);
        Texts.writeOptional(labels.userId(), out);
        Texts.writeOptional(labels.session(), out);
        Texts.writeMap(labels.metadata(), out);
    }

    static RequestFacts read(DataInputView in) throws IOException {
        return RequestFacts.builder()
                .tenantId(in.readUTF())
                .requestId(in.readUTF())
                .receivedAtMillis(Varint.read(in))
                .policy(PolicyFields.read(in))
                .model(in.readUTF())
                .promptHash(Hex.read(in))
                .taskHash(in.readBoolean() ? Hex.read(in) : null)
                .cacheMode(MODES.get(in.readByte()))
                .sampled(in.readBoolean())
                .estimatedInputTokens(Varint.read(in))
                .maxTokens(Varint.read(in))
                .prices(readPrices(in))
                .route(RouteFields.readOptional(in))
                .priority(PRIORITIES.get(in.readByte()))
                .deadlineAtMillis(Varint.read(in))
                .labels(
                        Labels.builder()
                                .endpoint(in.readUTF())
                                .agentId(Texts.readOptional(in))
                                .userId(Texts.readOptional(in))
                                .session(Texts.readOptional(in))
                                .metadata(Texts.readMap(in))
                                .build())
                .build();
    }

    private static void writePrices(Map<String, ReservePrice> prices, DataOutputView out)
            throws IOException {
        Varint.write(prices.size(), out);
        for (Map.Entry<String, ReservePrice> entry : prices.entrySet()) {
            out.writeUTF(entry.getKey());
            ReservePrice price = entry.getValue();
            Varint.write(price.steps(), out);
            for (int i = 0; i < price.steps(); i++) {
                Varint.write(price.aboveInputTokens(i), out);
                Varint.write(price.inputPicoUsd(i), out);
                Varint.write(price.outputPicoUsd(i), out);
            }
        }
    }

    private static Map<String, ReservePrice> readPrices(DataInputView in) throws IOException {
        Map<String, ReservePrice> prices = new TreeMap<>();
        for (int left = (int) Varint.read(in); left > 0; left--) {
            String model = in.readUTF();
            int steps = (int) Varint.read(in);
            long[] above = new long[steps];
            long[] input = new long[steps];
            long[] output = new long[steps];
            for (int i = 0; i < steps; i++) {
                above[i] = Varint.read(in);
                input[i] = Varint.read(in);
                output[i] = Varint.read(in);
            }
            prices.put(model, ReservePrice.of(above, input, output));
        }
        return prices;
    }
}
