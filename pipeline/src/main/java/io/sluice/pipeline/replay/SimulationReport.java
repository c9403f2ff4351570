package io.sluice.pipeline.replay;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** What became of a trace's requests, overall and tenant by tenant. */
public final class SimulationReport {
    private final Totals overall = new Totals();
    private final SortedMap<String, Totals> tenants = new TreeMap<>();
    private final SortedMap<String, Long> minutePeaks = new TreeMap<>();
    private long badLines;

    SimulationReport() {}

    /** The sum over all tenants. */
    public Totals overall() {
        return overall;
    }

    /** By tenant, in alphabetical order. */
    public SortedMap<String, Totals> tenants() {
        return Collections.unmodifiableSortedMap(tenants);
    }

    /** The most admissions in any (t − 60 s, t] of decision time, by tenant. */
    public SortedMap<String, Long> minutePeaks() {
        return Collections.unmodifiableSortedMap(minutePeaks);
    }

    /** Lines that were skipped because they could not be simulated. */
    public long badLines() {
        return badLines;
    }

    void add(String tenantId, Totals totals, long minutePeak) {
        tenants.put(tenantId, totals);
        minutePeaks.put(tenantId, minutePeak);
        overall.add(totals);
    }

    void badLines(long value) {
        badLines = value;
    }
}
