package io.sluice.pipeline.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Decision;
import io.sluice.contract.Granularity;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.UsageCounts;
import io.sluice.contract.UsageItem;
import io.sluice.contract.UsageKey;
import io.sluice.pipeline.usage.KeptRows;
import io.sluice.pipeline.usage.UsageChange;
import io.sluice.pipeline.usage.UsageWindows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Turns of conversations that have not ended. */
    final Map<String, RequestFacts> turn = new LinkedHashMap<>();

    /** Kept turns by conversation, oldest first. */
    final Map<String, List<String>> conversations = new HashMap<>();

    private final KeptRows windows = new KeptRows();
    private long bookedMillis;

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
    public void invokeTurn(RequestFacts facts, Decision decision, String conversation, int turns) {
        decide("invokeTurn " + conversation + ' ' + turns, facts, decision);
        open.put(facts.requestId(), facts);
        turn.put(facts.requestId(), facts);
        List<String> kept = turns(conversation);
        assertThat(turns).as("kept turns of %s", conversation).isLessThanOrEqualTo(kept.size());
        kept.subList(0, kept.size() - turns).clear();
    }

    @Override
    public void withdraw(String requestId) {
        lines.add("withdraw " + requestId);
        assertThat(open).as("open calls").containsKey(requestId);
    }

    @Override
    public void keepTurn(String conversation, String requestId) {
        lines.add("keepTurn " + conversation + ' ' + requestId);
        assertThat(turn.remove(requestId)).as("turn %s", requestId).isNotNull();
        turns(conversation).add(requestId);
    }

    @Override
    public void dropTurn(String requestId) {
        lines.add("dropTurn " + requestId);
        turn.remove(requestId);
    }

    @Override
    public void dropConversation(String conversation) {
        lines.add("dropConversation " + conversation);
        turns(conversation).clear();
    }

    @Override
    public void dropEverything() {
        lines.add("dropEverything");
        kept.clear();
        turn.clear();
        conversations.clear();
    }

    @Override
    public void refuseToDrop() {
        lines.add("refuseToDrop");
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
    public void cancelParked(String requestId) {
        lines.add("cancelParked " + requestId);
        unpark(requestId);
        end(requestId, "cancelled");
    }

    @Override
    public void failParked(String requestId, @Nullable String reason) {
        lines.add("failParked " + requestId + ' ' + reason);
        unpark(requestId);
        end(requestId, "failed");
    }

    @Override
    public void invokeParked(String requestId, String model) {
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
    public void usage(UsageChange change) {
        lines.add(
                "change "
                        + change.labels().key(Granularity.MINUTE, change.atMillis()).rangeKey()
                        + " at "
                        + change.bookedAtMillis()
                        + ' '
                        + change.counts()
                        + " by "
                        + change.seq());
        if (!change.counts().equals(UsageCounts.NONE)) {
            UsageWindows.add(
                    windows,
                    this::row,
                    change.tenantId(),
                    UsageWindows.resolve(
                            windows, change.labels(), change.atMillis(), change.bookedAtMillis()),
                    change.atMillis(),
                    change.bookedAtMillis(),
                    change.counts(),
                    change.seq(),
                    change.isolation());
        }
        assertThat(change.bookedAtMillis()).as("never back").isGreaterThanOrEqualTo(bookedMillis);
        bookedMillis = change.bookedAtMillis();
        UsageWindows.close(windows, bookedMillis);
    }

    private void row(UsageItem item) {
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

    private List<String> turns(String conversation) {
        return conversations.computeIfAbsent(conversation, key -> new ArrayList<>());
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
