package io.sluice.local.command.reshard;

import io.sluice.contract.WritePause;
import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Splits or merges the shards of the stream: writes pause, the job reads what there is, the stream
 * is scaled, writes go on when the job reads the new shards. Each step may be repeated: a run that
 * died is repaired by the next.
 *
 * <p>The order of a tenant's records does not hang on it: the job reads a shard only when the
 * shard's parents are read and a checkpoint has their end. The pause keeps small what waits for
 * that, and is bounded: when it is over before the rest is, the rest goes on without.
 */
final class Reshard {
    /** Each writer has read the wish by then. */
    private static final Duration HEARD = Duration.ofMillis(2 * WritePause.READ_MILLIS);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(2);

    private final EventsStream stream;
    private final Reader reader;
    private final Writers writers;
    private final Pace pace;
    private final Consumer<String> progress;

    Reshard(
            EventsStream stream,
            Reader reader,
            Writers writers,
            Pace pace,
            Consumer<String> progress) {
        this.stream = stream;
        this.reader = reader;
        this.writers = writers;
        this.pace = pace;
        this.progress = progress;
    }

    /** What it was before, and for how long writes were asked to pause at most. */
    record Done(int shardsBefore, long pausedMillis) {}

    /**
     * Runs the procedure.
     *
     * @param pause how long writes pause at most
     * @param patience how long the job may take to read on after the stream was scaled
     * @throws FindingException when somebody else pauses writes, or patience ended: the stream is
     *     scaled then, and the job will read the new shards when it can
     */
    Done to(int shards, Duration pause, Duration patience)
            throws IOException, FindingException, InterruptedException {
        int before = stream.openShards();
        writers.pause(pause);
        long pausedAt = pace.millis();
        try {
            progress.accept("writes pause for at most " + pause.toSeconds() + " s");
            pace.rest(HEARD);
            awaitCaughtUp(pause.dividedBy(2));
            scale(stream.openShards(), shards, patience);
            awaitReadOn(shards, patience);
        } finally {
            writers.goOn();
        }
        progress.accept("writes go on");
        return new Done(before, Math.min(pause.toMillis(), pace.millis() - pausedAt));
    }

    private void awaitCaughtUp(Duration atMost) throws IOException, InterruptedException {
        long until = pace.millis() + atMost.toMillis();
        OptionalLong lag = reader.lagMillis();
        while (!isZero(lag) && pace.millis() < until) {
            pace.rest(POLL);
            lag = reader.lagMillis();
        }
        progress.accept(
                isZero(lag)
                        ? "job has read what there was"
                        : "job is "
                                + (lag.isPresent() ? lag.getAsLong() + " ms" : "an unknown time")
                                + " behind; it keeps the order all the same");
    }

    private void scale(int from, int to, Duration patience)
            throws IOException, FindingException, InterruptedException {
        List<Integer> steps = ScalingSteps.between(from, to);
        if (steps.isEmpty()) {
            progress.accept("stream has " + to + " shards already");
        }
        long until = pace.millis() + patience.toMillis();
        awaitActive(until);
        for (int step : steps) {
            stream.scaleTo(step);
            awaitActive(until);
            progress.accept("stream has " + step + " shards");
        }
    }

    private void awaitActive(long until)
            throws IOException, FindingException, InterruptedException {
        while (!stream.isActive()) {
            if (pace.millis() > until) {
                throw new FindingException(
                        "the stream is still being changed; run this again to go on");
            }
            pace.rest(POLL);
        }
    }

    private void awaitReadOn(int shards, Duration patience)
            throws IOException, FindingException, InterruptedException {
        long until = pace.millis() + patience.toMillis();
        long nextCheckpoint = pace.millis();
        while (true) {
            OptionalLong open = reader.shardsRead();
            OptionalLong waiting = reader.waitingShards();
            if (isZero(waiting) && open.isPresent() && open.getAsLong() == shards) {
                progress.accept("job reads " + shards + " shards");
                return;
            }
            if (pace.millis() > until) {
                throw new FindingException(
                        String.format(
                                "the stream has %d shards, but the job reads %s and %s wait for"
                                        + " their parents: see 'sluice status', then run this"
                                        + " again",
                                shards, figure(open), figure(waiting)));
            }
            if (pace.millis() >= nextCheckpoint) {
                reader.checkpoint();
                nextCheckpoint = pace.millis() + BETWEEN_CHECKPOINTS.toMillis();
            }
            pace.rest(POLL);
        }
    }

    private static boolean isZero(OptionalLong value) {
        return value.isPresent() && value.getAsLong() == 0;
    }

    private static String figure(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "an unknown number";
    }
}
