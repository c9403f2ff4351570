package io.sluice.pipeline.codec;

import io.sluice.contract.Usage;
import io.sluice.contract.Verdict;
import io.sluice.pipeline.alert.BudgetUse;
import io.sluice.pipeline.alert.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Version 1: tenant, tier, event, budgets, what was decided or how it ended, model, call. */
public final class ObservationSerializer extends VersionedSerializer<Observation> {
    private static final long serialVersionUID = 1;

    /** Creates the serializer. */
    public ObservationSerializer() {
        super(1, true);
    }

    @Override
    protected void write(Observation value, DataOutputView out) throws IOException {
        out.writeUTF(value.tenantId());
        out.writeUTF(value.tier());
        Varint.write(value.seq(), out);
        Varint.write(value.atMillis(), out);
        write(value.day(), out);
        write(value.month(), out);
        Verdict verdict = value.verdict();
        Texts.writeOptional(verdict == null ? null : verdict.wireName(), out);
        out.writeBoolean(value.succeeded());
        Texts.writeOptional(value.reason(), out);
        out.writeUTF(value.model());
        out.writeBoolean(value.unpriced());
        Varint.write(value.costPicoUsd(), out);
        Varint.write(value.latencyMillis(), out);
        Varint.write(value.usage().inputTokens(), out);
        Varint.write(value.usage().outputTokens(), out);
        Varint.write(value.usage().cacheReadTokens(), out);
        Varint.write(value.usage().cacheWriteTokens(), out);
    }

    @Override
    protected Observation read(int writtenVersion, DataInputView in) throws IOException {
        Observation.Builder seen =
                Observation.builder()
                        .tenant(in.readUTF(), in.readUTF())
                        .event(Varint.read(in), Varint.read(in))
                        .budgets(budget(in), budget(in));
        String verdict = Texts.readOptional(in);
        boolean succeeded = in.readBoolean();
        String reason = Texts.readOptional(in);
        if (verdict == null) {
            seen.ended(succeeded, reason);
        } else {
            seen.decided(Verdict.ofWireName(verdict), reason);
        }
        return seen.model(in.readUTF(), in.readBoolean())
                .call(Varint.read(in), Varint.read(in), usage(in))
                .build();
    }

    private static Usage usage(DataInputView in) throws IOException {
        return Usage.builder()
                .inputTokens(Varint.read(in))
                .outputTokens(Varint.read(in))
                .cacheReadTokens(Varint.read(in))
                .cacheWriteTokens(Varint.read(in))
                .build();
    }

    private static void write(BudgetUse use, DataOutputView out) throws IOException {
        Varint.write(use.startMillis(), out);
        Varint.write(use.spentPicoUsd(), out);
        Varint.write(use.limitPicoUsd(), out);
    }

    private static BudgetUse budget(DataInputView in) throws IOException {
        return new BudgetUse(Varint.read(in), Varint.read(in), Varint.read(in));
    }

    @Override
    public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The name under which savepoints know this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Observation> {
        /** Called by Flink on restore. */
        public Snapshot() {
            super(ObservationSerializer::new);
        }
    }
}
