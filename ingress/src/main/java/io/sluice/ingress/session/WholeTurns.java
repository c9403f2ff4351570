package io.sluice.ingress.session;

import io.sluice.contract.PayloadKind;
import io.sluice.contract.SessionItem;
import io.sluice.contract.json.MalformedJsonException;
import io.sluice.contract.json.PayloadReferenceJson;
import io.sluice.contract.json.TurnPayload;
import io.sluice.ingress.payload.PayloadSettings;
import io.sluice.ingress.payload.Payloads;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conversations with the texts of their turns, wherever those lie: the newest turns, as many as one
 * answer may be large and as there are. Thread-safe, never blocks.
 */
@Singleton
final class WholeTurns {
    private final Payloads payloads;

    WholeTurns(Payloads payloads) {
        this.payloads = payloads;
    }

    /** The conversation with the newest turns in full; fails with a 503 problem. */
    CompletableFuture<SessionItem> of(SessionItem item) {
        if (item.turns().stream().noneMatch(TurnPayload::isOpaque)) {
            return CompletableFuture.completedFuture(item);
        }
        return newest(item, item.turns().size() - 1, new ArrayList<>(), 0);
    }

    /** Adds the turn at a place to those behind it, which are in {@code later}, newest first. */
    private CompletableFuture<SessionItem> newest(
            SessionItem item, int place, List<String> later, long bytes) {
        if (place < 0) {
            return CompletableFuture.completedFuture(shown(item, later));
        }
        return turn(item.tenantId(), item.turns().get(place), PayloadSettings.LARGEST_BYTES - bytes)
                .thenCompose(
                        turn -> {
                            if (turn == null) {
                                return CompletableFuture.completedFuture(shown(item, later));
                            }
                            later.add(turn);
                            return newest(item, place - 1, later, bytes + turn.length());
                        });
    }

    private static SessionItem shown(SessionItem item, List<String> newestFirst) {
        Collections.reverse(newestFirst);
        return item.toBuilder().turns(newestFirst).build();
    }

    /** Null if it is larger than the room, or lost. */
    private CompletableFuture<@Nullable String> turn(String tenantId, String turn, long room) {
        if (!TurnPayload.isOpaque(turn)) {
            return CompletableFuture.completedFuture(turn.length() <= room ? turn : null);
        }
        String prompt = TurnPayload.promptOf(turn);
        String answer = TurnPayload.answerOf(turn);
        if (size(prompt) + (answer == null ? 0 : size(answer)) > room) {
            return CompletableFuture.completedFuture(null);
        }
        return payload(tenantId, PayloadKind.PROMPT, prompt)
                .thenCompose(
                        asked ->
                                answer == null
                                        ? CompletableFuture.completedFuture(
                                                TurnPayload.of(asked, null))
                                        : payload(tenantId, PayloadKind.ANSWER, answer)
                                                .thenApply(given -> TurnPayload.of(asked, given)))
                .exceptionallyCompose(
                        failure ->
                                Payloads.isLost(failure)
                                        ? CompletableFuture.completedFuture(null)
                                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<String> payload(String tenantId, PayloadKind kind, String payload) {
        return payloads.read(tenantId, kind, null, payload, Function.identity());
    }

    private static long size(String payload) {
        try {
            return PayloadReferenceJson.isReference(payload)
                    ? PayloadReferenceJson.read(payload).bytes()
                    : payload.length();
        } catch (MalformedJsonException e) {
            return 0; // reading it tells that it is lost
        }
    }
}
