package io.sluice.pipeline.codec;

import io.sluice.contract.AmbiguousAction;
import io.sluice.contract.Budget;
import io.sluice.contract.BudgetAction;
import io.sluice.contract.CacheRules;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Isolation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@link EffectivePolicy} inside other layouts; changing them is a new version of
 * each of those.
 */
final class PolicyFields {
    /** An action is written as its place here: append only. */
    private static final List<BudgetAction> ACTIONS =
            List.of(BudgetAction.BLOCK, BudgetAction.WARN, BudgetAction.DOWNGRADE);

    /** An action is written as its place here: append only. */
    private static final List<AmbiguousAction> AMBIGUOUS =
            List.of(AmbiguousAction.RETRY, AmbiguousAction.FAIL);

    /** An isolation is written as its place here: append only. */
    private static final List<Isolation> ISOLATIONS =
            List.of(Isolation.POOLED, Isolation.SILO, Isolation.DATABASE);

    /**
     * The last byte has the action in its lower four bits and the isolation in those above: what
     * was written before there was an isolation is pooled.
     */
    private static final int ISOLATION_SHIFT = 4;

    private static final int ACTION_BITS = 0x0F;

    private PolicyFields() {}

    static void write(EffectivePolicy policy, DataOutputView out) throws IOException {
        Varint.write(policy.version(), out);
        Hex.write(policy.hash(), out);
        out.writeUTF(policy.tier());
        Varint.write(policy.requestsPerMinute(), out);
        Varint.write(policy.requestsPerDay(), out);
        Varint.write(policy.tokensPerMinute(), out);
        Varint.write(policy.maxPending(), out);
        Varint.write(policy.maxConcurrent(), out);
        Varint.write(policy.weight(), out);
        writeBudget(policy.dayBudget(), out);
        writeBudget(policy.monthBudget(), out);
        writeCache(policy.cache(), out);
        writeNames(policy.allowedModels(), out);
        writeNames(policy.shadow(), out);
        out.writeUTF(policy.priceVersion());
        out.writeByte(
                AMBIGUOUS.indexOf(policy.ambiguous())
                        | (ISOLATIONS.indexOf(policy.isolation()) << ISOLATION_SHIFT));
    }

    static EffectivePolicy read(DataInputView in) throws IOException {
        EffectivePolicy.Builder policy =
                EffectivePolicy.builder()
                        .version((int) Varint.read(in))
                        .hash(Hex.read(in))
                        .tier(in.readUTF())
                        .requestsPerMinute(Varint.read(in))
                        .requestsPerDay(Varint.read(in))
                        .tokensPerMinute(Varint.read(in))
                        .maxPending((int) Varint.read(in))
                        .maxConcurrent((int) Varint.read(in))
                        .weight((int) Varint.read(in))
                        .dayBudget(readBudget(in))
                        .monthBudget(readBudget(in))
                        .cache(readCache(in))
                        .allowedModels(readNames(in))
                        .shadow(readNames(in))
                        .priceVersion(in.readUTF());
        int actionAndIsolation = in.readByte();
        return policy.ambiguous(AMBIGUOUS.get(actionAndIsolation & ACTION_BITS))
                .isolation(ISOLATIONS.get(actionAndIsolation >> ISOLATION_SHIFT))
                .build();
    }

    static void writeIsolation(Isolation isolation, DataOutputView out) throws IOException {
        out.writeByte(ISOLATIONS.indexOf(isolation));
    }

    static Isolation readIsolation(DataInputView in) throws IOException {
        return ISOLATIONS.get(in.readByte());
    }

    private static void writeBudget(@Nullable Budget budget, DataOutputView out)
            throws IOException {
        out.writeByte(budget == null ? 0 : 1 + ACTIONS.indexOf(budget.action()));
        if (budget != null) {
            Varint.write(budget.limitPicoUsd(), out);
            if (budget.downgradeTo() != null) {
                out.writeUTF(budget.downgradeTo());
            }
        }
    }

    private static @Nullable Budget readBudget(DataInputView in) throws IOException {
        int action = in.readByte();
        if (action == 0) {
            return null;
        }
        BudgetAction known = ACTIONS.get(action - 1);
        long limitPicoUsd = Varint.read(in);
        return Budget.of(
                limitPicoUsd, known, known == BudgetAction.DOWNGRADE ? in.readUTF() : null);
    }

    private static void writeCache(CacheRules cache, DataOutputView out) throws IOException {
        Varint.write(cache.llmTtlMillis(), out);
        Varint.write(cache.agentTtlMillis(), out);
        Varint.write(cache.sessionTtlMillis(), out);
        out.writeBoolean(cache.sampled());
        Varint.write(cache.sessionTurns(), out);
        Varint.write(cache.sessionTokens(), out);
    }

    private static CacheRules readCache(DataInputView in) throws IOException {
        return new CacheRules(
                Varint.read(in),
                Varint.read(in),
                Varint.read(in),
                in.readBoolean(),
                (int) Varint.read(in),
                Varint.read(in));
    }

    private static void writeNames(List<String> names, DataOutputView out) throws IOException {
        Varint.write(names.size(), out);
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> readNames(DataInputView in) throws IOException {
        int count = (int) Varint.read(in);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }
}
