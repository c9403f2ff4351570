package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes down every effect, in order, and refuses the ones that make no sense: serving an answer
 * that is not kept, ending a request twice, waking one that is not parked.
 */
final class EffectsLog implements Effects {
    /** A request with its decision. */
    record Decided(RequestFacts facts, Decision decision) {}

    /** Everything, spelled out; equal logs are equal lists. */
    final List<String> lines = new ArrayList<>();

    final List<Decided> decided = new ArrayList<>();
    final Map<UsageKey, UsageItem> rows = new HashMap<>();

    /** Calls made and not ended yet. */
    final Map<String, RequestFacts> open = new LinkedHashMap<>();

    final Map<String, RequestFacts> parked = new LinkedHashMap<>();

    /** How each ended request ended. */
    final Map<String, String> endings = new HashMap<>();

    final Set<String> kept = new LinkedHashSet<>();
    long bookedPicoUsd;
    long counted;

    /** Notes that the outcome of an open call ended its hold. */
    void settled(String requestId) {
        assertThat(open.remove(requestId)).as("open call %s", requestId).isNotNull();
        end(requestId, "settled");
    }

    @Override
    public void reject(RequestFacts facts, Decision decision) {
        decide("reject", facts, decision);
        end(facts.requestId(), "rejected");
    }

    @Override
    public void serve(RequestFacts facts, Decision decision, String cacheKey) {
        decide("serve " + cacheKey, facts, decision);
        assertThat(kept).as("kept answers").contains(cacheKey);
        end(facts.requestId(), "served");
    }

    @Override
    public void invoke(RequestFacts facts, Decision decision) {
        decide("invoke", facts, decision);
        open.put(facts.requestId(), facts);
    }

    @Override
    public void park(RequestFacts facts, Decision decision) {
        decide("park", facts, decision);
        parked.put(facts.requestId(), facts);
    }

    @Override
    public void answerParked(String requestId) {
        lines.add("answerParked " + requestId);
        unpark(requestId);
        end(requestId, "answered");
    }

    @Override
    public void failParked(String requestId) {
        lines.add("failParked " + requestId);
        unpark(requestId);
        end(requestId, "failed");
    }

    @Override
    public void invokeParked(String requestId) {
        lines.add("invokeParked " + requestId);
        open.put(requestId, unpark(requestId));
    }

    @Override
    public void keepAnswer(String cacheKey) {
        lines.add("keepAnswer " + cacheKey);
        kept.add(cacheKey);
    }

    @Override
    public void dropAnswer(String cacheKey) {
        lines.add("dropAnswer " + cacheKey);
        kept.remove(cacheKey);
    }

    @Override
    public void usage(UsageItem item) {
        lines.add("usage " + item.key().rangeKey() + " v" + item.version() + ' ' + item.counts());
        UsageItem before = rows.put(item.key(), item);
        assertThat(before == null || before.version() <= item.version())
                .as("versions rise")
                .isTrue();
    }

    @Override
    public void requestCounted(String endpoint, long atMillis) {
        lines.add("requestCounted " + endpoint + ' ' + atMillis);
        counted++;
    }

    @Override
    public void costBooked(String model, long costPicoUsd, long atMillis) {
        lines.add("costBooked " + model + ' ' + costPicoUsd + ' ' + atMillis);
        bookedPicoUsd += costPicoUsd;
    }

    private void decide(String what, RequestFacts facts, Decision decision) {
        lines.add(what + ' ' + facts.requestId() + ' ' + decision);
        decided.add(new Decided(facts, decision));
    }

    private RequestFacts unpark(String requestId) {
        RequestFacts facts = parked.remove(requestId);
        assertThat(facts).as("parked request %s", requestId).isNotNull();
        return facts;
    }

    private void end(String requestId, String how) {
        assertThat(endings.put(requestId, how)).as("earlier end of %s", requestId).isNull();
    }
}
