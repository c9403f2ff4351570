package io.sluice.pipeline.enforce;

import io.sluice.contract.DeadLetter;
import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.ResultItem;
import io.sluice.pipeline.alert.CircuitOpened;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the invoker tells back about one request: its outcome, and, if the request is to be looked
 * at by a person, a dead letter; the result that stands, without its answer, which the outcome has;
 * and circuits that were found open meanwhile.
 */
public final class CallEnd {
    private final OutcomeEvent outcome;
    private final @Nullable DeadLetter letter;
    private final @Nullable ResultItem result;
    private final List<CircuitOpened> opened;

    private CallEnd(
            OutcomeEvent outcome,
            @Nullable DeadLetter letter,
            @Nullable ResultItem result,
            List<CircuitOpened> opened) {
        this.outcome = outcome;
        this.letter = letter;
        this.result = result;
        this.opened = List.copyOf(opened);
    }

    /** An end that leaves nothing to look at. */
    public static CallEnd of(OutcomeEvent outcome) {
        return new CallEnd(outcome, null, null, List.of());
    }

    /** An end, and its letter if there is one. */
    public static CallEnd of(OutcomeEvent outcome, @Nullable DeadLetter letter) {
        return new CallEnd(outcome, letter, null, List.of());
    }

    /** The same, telling of circuits that opened. */
    public CallEnd telling(List<CircuitOpened> circuits) {
        return circuits.isEmpty() ? this : new CallEnd(outcome, letter, result, circuits);
    }

    /** The same, telling which result stands; its answer is left out. */
    public CallEnd standing(ResultItem item) {
        ResultItem withoutAnswer =
                item.output() == null ? item : item.toBuilder().output(null).build();
        return new CallEnd(outcome, letter, withoutAnswer, opened);
    }

    /** Circuits that were found open when the call ended; most ends have none. */
    public List<CircuitOpened> opened() {
        return opened;
    }

    /** The outcome for the tenant's log. */
    public OutcomeEvent outcome() {
        return outcome;
    }

    /** The result that stands, without its answer; null if that is not told. */
    public @Nullable ResultItem result() {
        return result;
    }

    /** What is to be looked at; null if nothing is. */
    public @Nullable DeadLetter letter() {
        return letter;
    }
}
