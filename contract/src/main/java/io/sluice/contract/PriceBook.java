package io.sluice.contract;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The prices of all known models, each from some instant on, under one version. Which of them
 * applies to a call follows from the decision time of its request. Immutable: a changed price is a
 * new version.
 */
public final class PriceBook {
    private final String version;
    private final List<PriceRow> rows;
    private final Map<String, String> applicationProfiles;
    private final NavigableMap<Long, PriceList> lists = new TreeMap<>();

    /**
     * A book.
     *
     * @param version names the content: no other content has it
     * @param rows no two for one model, scope and instant
     * @param applicationProfiles the model or system profile that each application inference
     *     profile was made from, by ARN
     */
    public PriceBook(String version, List<PriceRow> rows, Map<String, String> applicationProfiles) {
        this.version = version;
        this.rows = List.copyOf(rows);
        this.applicationProfiles = Collections.unmodifiableMap(new TreeMap<>(applicationProfiles));
        TreeSet<Long> changes = new TreeSet<>(List.of(PriceRow.ALWAYS));
        rows.forEach(row -> changes.add(row.fromMillis()));
        for (long change : changes) {
            List<PriceRow> valid =
                    this.rows.stream()
                            .filter(row -> row.fromMillis() <= change)
                            .collect(Collectors.toList());
            lists.put(change, new PriceList(valid, this.applicationProfiles));
        }
    }

    /** The book's version with a hash of its content, stored with every cost. */
    public String version() {
        return version;
    }

    /** All rows, as they were given. */
    public List<PriceRow> rows() {
        return rows;
    }

    /** What application inference profiles were made from, by ARN in alphabetical order. */
    public Map<String, String> applicationProfiles() {
        return applicationProfiles;
    }

    /** The prices of requests that are decided at that time, epoch milliseconds. */
    public PriceList at(long decidedAtMillis) {
        return Objects.requireNonNull(lists.floorEntry(decidedAtMillis), "always").getValue();
    }

    /**
     * All prices that are in force between two times, both included, earliest first: at least one.
     */
    public List<PriceList> between(long fromMillis, long toMillis) {
        long inForce = Objects.requireNonNull(lists.floorKey(fromMillis), "always");
        return List.copyOf(lists.subMap(inForce, true, toMillis, true).values());
    }

    /** Whether a model id, inference-profile id or ARN has a price at any time. */
    public boolean lists(String modelId) {
        return lists.values().stream().anyMatch(list -> list.rowOf(modelId).isPresent());
    }
}
