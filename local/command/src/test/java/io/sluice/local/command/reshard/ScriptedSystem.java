package io.sluice.local.command.reshard;

import io.sluice.local.command.FindingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A stream, its writers and its reader; time moves only while somebody rests. The reader catches up
 * as time goes by, and reads new shards from the checkpoint on that follows their making.
 */
final class ScriptedSystem implements EventsStream, Reader, Writers, Pace {
    final List<String> calls = new ArrayList<>();
    int shards = 2;
    long lagMillis = 1_000;
    long shardsRead = 2;
    boolean jobIsDown;
    boolean somebodyElsePauses;
    int scalingsThatWork = Integer.MAX_VALUE;
    private long pausedUntil;
    private long nowMillis;

    boolean writesPause() {
        return nowMillis < pausedUntil;
    }

    @Override
    public int openShards() {
        return shards;
    }

    @Override
    public void scaleTo(int count) throws IOException {
        if (scalingsThatWork-- <= 0) {
            throw new IOException("scaling is made to fail");
        }
        calls.add("scale to " + count + (writesPause() ? "" : " while writes go on"));
        shards = count;
    }

    @Override
    public boolean isActive() {
        return true;
    }

    @Override
    public OptionalLong lagMillis() {
        return jobIsDown ? OptionalLong.empty() : OptionalLong.of(lagMillis);
    }

    @Override
    public OptionalLong shardsRead() {
        return jobIsDown ? OptionalLong.empty() : OptionalLong.of(shardsRead);
    }

    @Override
    public OptionalLong waitingShards() {
        return jobIsDown
                ? OptionalLong.empty()
                : OptionalLong.of(shardsRead == shards ? 0 : shards);
    }

    @Override
    public void checkpoint() {
        calls.add("checkpoint");
        shardsRead = shards;
    }

    @Override
    public void pause(Duration atMost) throws FindingException {
        if (somebodyElsePauses) {
            throw new FindingException("writes pause already");
        }
        calls.add("pause");
        pausedUntil = nowMillis + atMost.toMillis();
    }

    @Override
    public void goOn() {
        calls.add("go on");
        pausedUntil = 0;
    }

    @Override
    public long millis() {
        return nowMillis;
    }

    @Override
    public void rest(Duration duration) {
        nowMillis += duration.toMillis();
        lagMillis = Math.max(0, lagMillis - duration.toMillis());
    }
}
