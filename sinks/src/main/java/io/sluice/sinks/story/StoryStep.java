package io.sluice.sinks.story;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.contract.audit.AuditRecord;
import io.sluice.contract.audit.Hex;
import io.sluice.contract.json.Json;
import java.util.List;

/**
 * What one record tells of a request: what came, what was decided, what that changed. Immutable.
 */
public final class StoryStep {
    private final AuditRecord record;
    private final String title;
    private final List<String> lines;
    private final List<CounterChange> counters;
    private final String engine;
    private final String previousHash;

    private StoryStep(AuditRecord record, StepWords words, JsonNode body) {
        this.record = record;
        this.title = words.title();
        this.lines = words.lines();
        this.counters = CounterChange.between(body.path("before"), body.path("after"));
        this.engine = body.path("engine").asText();
        this.previousHash = body.path("prev_hash").asText();
    }

    static StoryStep of(String requestId, AuditRecord record) {
        JsonNode body = Json.parse(record.body());
        return new StoryStep(record, StepWords.of(requestId, record.kind(), body), body);
    }

    /** When the stream took the event, epoch milliseconds. */
    public long arrivedAtMillis() {
        return record.arrivedAtMillis();
    }

    /** The record's number in the tenant's history, from 1. */
    public long seq() {
        return record.seq();
    }

    /** Whose history it is in. */
    public String tenantId() {
        return record.tenantId();
    }

    /** Of the event: {@code request}, {@code outcome} or {@code command}. */
    public String kind() {
        return record.kind().wireName();
    }

    /** What came, in a few words. */
    public String title() {
        return title;
    }

    /** What is known of it and what became of the request by it, a sentence each. */
    public List<String> lines() {
        return lines;
    }

    /** What it moved; the tenant's clock is among them. */
    public List<CounterChange> counters() {
        return counters;
    }

    /** The version of the engine that decided it. */
    public String engine() {
        return engine;
    }

    /** The record's hash, hex. */
    public String hash() {
        return Hex.of(record.hash());
    }

    /** The hash of the tenant's record before it, hex. */
    public String previousHash() {
        return previousHash;
    }
}
