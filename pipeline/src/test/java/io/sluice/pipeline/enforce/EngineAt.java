package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Decision;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;
import org.jspecify.annotations.Nullable;

/** An engine and one tenant, driven event by event under a policy that may be changed. */
final class EngineAt {
    final StoredTenantState state = new StoredTenantState();
    final EffectsLog effects = new EffectsLog();
    private final Engine engine = new Engine();
    EffectivePolicy policy;

    EngineAt(EffectivePolicy policy) {
        this.policy = policy;
    }

    /** Asks for the same thing as every request of that prompt; a token costs 10^-12 USD. */
    RequestFacts.Builder request(String id, String prompt, long atMillis, long tokens) {
        return Facts.request(id, atMillis)
                .policy(policy)
                .model(Models.UNIT)
                .prices(Models.PRICES)
                .promptHash(prompt)
                .estimatedInputTokens(0)
                .maxTokens(tokens)
                .deadlineAtMillis(atMillis + 60_000);
    }

    Decision ask(String id, String prompt, long atMillis, long tokens) {
        return ask(request(id, prompt, atMillis, tokens).build());
    }

    Decision ask(RequestFacts facts) {
        engine.onRequest(state, facts, facts.receivedAtMillis(), effects);
        return effects.decided.get(effects.decided.size() - 1).decision();
    }

    boolean end(OutcomeFacts.Builder outcome, long atMillis) {
        OutcomeFacts facts = outcome.build();
        boolean ended = engine.onOutcome(state, facts, atMillis, effects);
        if (ended) {
            effects.settled(facts.requestId());
        }
        return ended;
    }

    /** Ends an open call so. */
    void end(Ending ending, String id, long atMillis) {
        RequestFacts facts = effects.open.get(id);
        end(ending.of(facts, facts.model(), 0, 0).toBuilder(), atMillis);
    }

    void command(String name, @Nullable String subject, long atMillis) {
        engine.onCommand(
                state,
                CommandEvent.builder()
                        .tenantId(Facts.TENANT)
                        .commandId("c")
                        .name(name)
                        .subject(subject)
                        .build(),
                atMillis,
                effects);
    }
}
