package io.sluice.sinks.archive;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.PriceBook;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.PolicyJson;
import io.sluice.contract.json.PriceBookJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Keeps in the archive what records name by hash and version: policies as {@code
 * policies/HASH.json}, without tenant and version, because many have the same content; and the
 * price book that calls are priced by, when a writer is made, as {@code prices/VERSION.json}. What
 * is there is not written again. At least once: a policy is there before the checkpoint that has
 * its decision is complete.
 */
public final class PolicyDocuments implements Sink<EffectivePolicy> {
    private static final long serialVersionUID = 1;

    /** Hashes known to be there; policies have few contents. */
    private static final int MOST_KNOWN = 10_000;

    private final String folder;
    private final SerializableSupplier<PriceBook> prices;

    /** Into the archive in that folder. */
    public PolicyDocuments(String folder, SerializableSupplier<PriceBook> prices) {
        this.folder = folder;
        this.prices = prices;
    }

    @Override
    @SuppressWarnings("deprecation") // the newer method calls this one
    public SinkWriter<EffectivePolicy> createWriter(InitContext context) throws IOException {
        ArchiveStore archive = FlinkArchiveStore.at(folder);
        PriceBook book = prices.get();
        putOnce(
                archive,
                "prices/" + book.version() + ".json",
                Json.text(PriceBookJson.write(book)));
        return new Writer(archive);
    }

    private static void putOnce(ArchiveStore archive, String name, String text) throws IOException {
        if (!archive.exists(name)) {
            archive.put(name, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static final class Writer implements SinkWriter<EffectivePolicy> {
        private final ArchiveStore archive;
        private final Map<String, EffectivePolicy> unwritten = new LinkedHashMap<>();
        private final Set<String> known = new LinkedHashSet<>();

        private Writer(ArchiveStore archive) {
            this.archive = archive;
        }

        @Override
        public void write(EffectivePolicy policy, Context context) {
            if (!known.contains(policy.hash())) {
                unwritten.put(policy.hash(), policy);
            }
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            for (EffectivePolicy policy : unwritten.values()) {
                ObjectNode document = PolicyJson.write(policy);
                document.remove("version");
                putOnce(archive, "policies/" + policy.hash() + ".json", Json.text(document));
            }
            if (known.size() > MOST_KNOWN) {
                known.clear();
            }
            known.addAll(unwritten.keySet());
            unwritten.clear();
        }

        @Override
        public void close() {}
    }
}
