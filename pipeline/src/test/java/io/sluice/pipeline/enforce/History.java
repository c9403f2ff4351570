package io.sluice.pipeline.enforce;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.RequestEvent;
import java.util.List;

/** One tenant's log being read by the engine, with everything it did. */
final class History {
    final TenantState state;
    final EffectsLog effects = new EffectsLog();
    private final Engine engine = new Engine();

    History() {
        this(new InMemoryTenantState());
    }

    History(TenantState state) {
        this.state = state;
    }

    /** The history of a whole log. */
    static History of(List<LogRecord> log) {
        return of(log, new InMemoryTenantState());
    }

    /** The history of a whole log, kept in that state. */
    static History of(List<LogRecord> log, TenantState state) {
        History history = new History(state);
        log.forEach(history::apply);
        return history;
    }

    /** Applies one event; whether it was new. */
    boolean apply(LogRecord record) {
        if (record.event() instanceof RequestEvent request) {
            return engine.onRequest(state, request.facts(), record.arrivedAtMillis(), effects);
        }
        if (record.event() instanceof OutcomeEvent outcome) {
            boolean ended =
                    engine.onOutcome(state, outcome.facts(), record.arrivedAtMillis(), effects);
            if (ended) {
                effects.settled(outcome.facts().requestId());
            }
            return ended;
        }
        engine.onCommand(state, (CommandEvent) record.event(), record.arrivedAtMillis(), effects);
        return true;
    }
}
