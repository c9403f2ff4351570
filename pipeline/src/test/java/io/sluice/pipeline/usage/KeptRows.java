package io.sluice.pipeline.usage;

import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage rows in a map. */
public final class KeptRows implements UsageWindows.Rows {
    final Map<UsageKey, UsageCounts> rows = new HashMap<>();
    LabelBook book = new LabelBook(0);

    @Override
    public @Nullable UsageCounts usage(UsageKey key) {
        return rows.get(key);
    }

    @Override
    public void putUsage(UsageKey key, UsageCounts counts) {
        rows.put(key, counts);
    }

    @Override
    public void removeUsage(UsageKey key) {
        rows.remove(key);
    }

    @Override
    public Iterable<UsageKey> usageKeys() {
        return new ArrayList<>(rows.keySet());
    }

    @Override
    public LabelBook labelBook(long atMillis) {
        return book;
    }

    @Override
    public void saveLabelBook(LabelBook value) {
        book = value;
    }
}
