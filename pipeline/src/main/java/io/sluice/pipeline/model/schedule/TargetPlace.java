package io.sluice.pipeline.model.schedule;

/** What a call that runs holds of its target, until its attempt has ended. Immutable. */
final class TargetPlace {
    final Lane lane;
    final long tokens;
    final long slot;
    final long startedAtMillis;

    TargetPlace(Lane lane, long tokens, long slot, long startedAtMillis) {
        this.lane = lane;
        this.tokens = tokens;
        this.slot = slot;
        this.startedAtMillis = startedAtMillis;
    }
}
