package io.sluice.pipeline.enforce;

import io.sluice.contract.json.TurnPayload;
import io.sluice.pipeline.codec.Types;
import io.sluice.pipeline.state.StateAccess;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.BasicArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * The text that belongs to a tenant's state and that the engine does not see: parked requests, kept
 * answers, turns of conversations. Belongs to the task thread; the current key is the tenant.
 */
final class Texts {
    private static final String[] NOTHING = {};

    private final MapState<String, AdmittedRequest> parked;
    private final MapState<String, String> answers;
    private final MapState<String, String[]> conversations;
    private final Set<String> changed = new LinkedHashSet<>();

    Texts(RuntimeContext context) {
        TypeInformation<String> text = TypeInformation.of(String.class);
        parked =
                context.getMapState(
                        new MapStateDescriptor<>("parked-requests", text, Types.ADMITTED_REQUEST));
        answers = context.getMapState(new MapStateDescriptor<>("answer-texts", text, text));
        conversations =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "conversation-texts",
                                text,
                                BasicArrayTypeInfo.STRING_ARRAY_TYPE_INFO));
    }

    void park(String requestId, AdmittedRequest request) {
        StateAccess.run(() -> parked.put(requestId, request));
    }

    AdmittedRequest unpark(String requestId) {
        AdmittedRequest request = StateAccess.call(() -> parked.get(requestId));
        if (request == null) {
            throw new IllegalStateException("parked request " + requestId + " is not there");
        }
        dropParked(requestId);
        return request;
    }

    void dropParked(String requestId) {
        StateAccess.run(() -> parked.remove(requestId));
    }

    @Nullable String answer(String cacheKey) {
        return StateAccess.call(() -> answers.get(cacheKey));
    }

    void keepAnswer(String cacheKey, String answer) {
        StateAccess.run(() -> answers.put(cacheKey, answer));
    }

    void dropAnswer(String cacheKey) {
        StateAccess.run(() -> answers.remove(cacheKey));
    }

    /** The newest turns of a conversation, oldest first; older ones are dropped. */
    List<String> newestTurns(String conversation, int turns) {
        String[] all = turns(conversation);
        List<String> newest = List.of(all).subList(all.length - turns, all.length);
        if (newest.size() < all.length) {
            String[] kept = newest.toArray(NOTHING);
            put(conversation, kept);
        }
        return new ArrayList<>(newest);
    }

    /** A parked request and its answer become the newest turn. */
    void keepTurn(String conversation, String requestId, @Nullable String answer) {
        AdmittedRequest request = unpark(requestId);
        List<String> longer = new ArrayList<>(List.of(turns(conversation)));
        longer.add(TurnPayload.of(request.request().payload(), answer));
        put(conversation, longer.toArray(NOTHING));
    }

    void dropConversation(String conversation) {
        if (turns(conversation).length > 0) {
            StateAccess.run(() -> conversations.remove(conversation));
            changed.add(conversation);
        }
    }

    /** Everything that is kept of the tenant. */
    void clear() {
        parked.clear();
        answers.clear();
        conversations.clear();
    }

    /** The kept turns of a conversation, oldest first; empty if there are none. */
    List<String> keptTurns(String conversation) {
        return List.of(turns(conversation));
    }

    /** The conversations whose turns changed since this was asked last, in that order. */
    List<String> takeChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<String> taken = new ArrayList<>(changed);
        changed.clear();
        return taken;
    }

    private void put(String conversation, String[] turns) {
        StateAccess.run(() -> conversations.put(conversation, turns));
        changed.add(conversation);
    }

    private String[] turns(String conversation) {
        String[] turns = StateAccess.call(() -> conversations.get(conversation));
        return turns == null ? NOTHING : turns;
    }
}
