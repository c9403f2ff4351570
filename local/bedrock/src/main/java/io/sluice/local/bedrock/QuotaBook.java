package io.sluice.local.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The quotas in force, by model id, kept in {@code quota.json} so that a restarted server has them
 * too; its buckets are full then. Used by one thread.
 */
final class QuotaBook {
    private final ObjectMapper mapper = new ObjectMapper();
    private final Path file;
    private final LongSupplier clock;
    private final Map<String, QuotaRule> rules = new TreeMap<>();
    private final Map<String, ModelQuota> buckets = new HashMap<>();

    /**
     * A book over a folder.
     *
     * @param clock milliseconds of any clock that does not go back
     */
    QuotaBook(Path dataDir, LongSupplier clock) throws IOException {
        this.file = dataDir.resolve("quota.json");
        this.clock = clock;
        if (Files.exists(file)) {
            for (JsonNode rule : mapper.readTree(Files.readAllBytes(file))) {
                QuotaRule read = QuotaRule.read(rule);
                rules.put(read.model(), read);
            }
        }
    }

    /** Whether the model's quota lets a call start that may use so many tokens. */
    boolean take(String modelId, long mostTokens) {
        ModelQuota quota = of(modelId);
        return quota == null || quota.take(mostTokens, clock.getAsLong());
    }

    /** A call of the model that took so many tokens was answered. */
    void settle(String modelId, long mostTokens, long inputTokens, long outputTokens) {
        ModelQuota quota = of(modelId);
        if (quota != null) {
            quota.settle(mostTokens, inputTokens, outputTokens, clock.getAsLong());
        }
    }

    /** Puts a quota; its buckets are full. */
    void put(QuotaRule rule) throws IOException {
        rules.put(rule.model(), rule);
        changed();
    }

    /** Forgets the quota of one model, or all with null. */
    void delete(@Nullable String model) throws IOException {
        if (model == null) {
            rules.clear();
        } else {
            rules.remove(model);
        }
        changed();
    }

    /** All quotas in force. */
    ArrayNode describe() {
        ArrayNode json = mapper.createArrayNode();
        rules.values().forEach(rule -> json.add(rule.write()));
        return json;
    }

    private void changed() throws IOException {
        buckets.clear();
        Path draft = file.resolveSibling("quota.json.new");
        Files.write(draft, mapper.writeValueAsBytes(describe()));
        Files.move(
                draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private @Nullable ModelQuota of(String modelId) {
        if (rules.isEmpty()) {
            return null;
        }
        for (String key : new String[] {modelId, KnownModels.baseId(modelId), Behavior.ANY}) {
            QuotaRule rule = rules.get(key);
            if (rule != null) {
                return buckets.computeIfAbsent(
                        modelId, id -> new ModelQuota(rule, clock.getAsLong()));
            }
        }
        return null;
    }
}
