package io.sluice.local.command.audit;

import io.sluice.local.command.ledger.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What an audit came to. Keeps the first {@value #MOST} findings and counts all. */
public final class AuditReport {
    /** Findings that are kept to be shown. */
    public static final int MOST = 100;

    private final List<Finding> findings = new ArrayList<>();
    private final SortedSet<String> notCompared = new TreeSet<>();
    private long found;
    private long tenants;
    private long requests;
    private long running;
    private Figures usage = Figures.NONE;
    private Figures results = Figures.NONE;
    private Figures attempts = Figures.NONE;

    void found(Finding finding) {
        found++;
        if (findings.size() < MOST) {
            findings.add(finding);
        }
    }

    void notCompared(String what) {
        notCompared.add(what);
    }

    void tenant() {
        tenants++;
    }

    void request() {
        requests++;
    }

    void running() {
        running++;
    }

    void totals(Figures moreUsage, Figures moreResults, Figures moreAttempts) {
        usage = usage.plus(moreUsage);
        results = results.plus(moreResults);
        attempts = attempts.plus(moreAttempts);
    }

    /** Whether all that could be compared is equal. */
    public boolean isFine() {
        return found == 0;
    }

    List<Finding> findings() {
        return findings;
    }

    long found() {
        return found;
    }

    long tenants() {
        return tenants;
    }

    long requests() {
        return requests;
    }

    /** Requests that were called and have no result yet. */
    long runningRequests() {
        return running;
    }

    /** Of the days that were compared with results. */
    Figures usage() {
        return usage;
    }

    Figures results() {
        return results;
    }

    Figures attempts() {
        return attempts;
    }

    SortedSet<String> whatWasNotCompared() {
        return notCompared;
    }
}
