package io.sluice.local.command.reshard;

import java.time.Duration;

/** The machine's time. */
final class RealPace implements Pace {
    @Override
    public long millis() {
        return System.nanoTime() / 1_000_000;
    }

    @Override
    public void rest(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
