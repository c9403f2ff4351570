package io.sluice.sinks;

/** A {@link ManualMailbox} whose yield waits for mail from other threads, as a real task's does. */
public final class WaitingMailbox extends ManualMailbox {
    public WaitingMailbox(long nowMillis) {
        super(nowMillis);
    }

    @Override
    public void yield() throws InterruptedException {
        awaitMail();
    }
}
