package io.sluice.local.command.process;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child process that is kept running: when it ends without being told to, it is started again as
 * its {@link RestartPolicy} allows. Thread-safe.
 */
public final class Supervised {
    /** The exit status by which a child says that starting it again would not help. */
    private static final int NEEDS_A_PERSON = 3;

    private final ChildSpec spec;
    private final RestartPolicy policy;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final Runnable onStart;
    private final Consumer<String> onGivingUp;
    private final CompletableFuture<String> ready = new CompletableFuture<>();
    private @Nullable Child current;
    private @Nullable String greeting;
    private int restarts;
    private boolean stopping;

    /**
     * @param warnings takes what a person should know
     * @param onStart runs after each start
     * @param onGivingUp takes the reason when the process is down for good
     */
    public Supervised(
            ChildSpec spec,
            RestartPolicy policy,
            Clock clock,
            Consumer<String> warnings,
            Runnable onStart,
            Consumer<String> onGivingUp) {
        this.spec = spec;
        this.policy = policy;
        this.clock = clock;
        this.warnings = warnings;
        this.onStart = onStart;
        this.onGivingUp = onGivingUp;
    }

    /** Starts the first run. */
    public void start() throws IOException {
        synchronized (this) {
            if (stopping) {
                return;
            }
            Child child = Child.start(spec, ready::complete, this::ended);
            current = child;
            if (greeting != null) {
                child.tell(greeting);
            }
        }
        onStart.run();
    }

    /** Says a line to this run and to each later one. */
    public synchronized void greet(String line) {
        greeting = line;
        if (current != null) {
            current.tell(line);
        }
    }

    /** Completes with what the first run that became ready said of it. */
    public CompletableFuture<String> ready() {
        return ready;
    }

    /** The run of this moment; null before the first. */
    public synchronized @Nullable Child current() {
        return current;
    }

    public String name() {
        return spec.name();
    }

    /** How long {@link #stop} may take. */
    public Duration stopPatience() {
        return spec.stopPatience();
    }

    /** How often it was started again. */
    public synchronized int restarts() {
        return restarts;
    }

    /** Stops it for good; completes when it ended. */
    public CompletableFuture<Integer> stop() {
        Child child;
        synchronized (this) {
            stopping = true;
            child = current;
        }
        return child == null ? CompletableFuture.completedFuture(0) : child.stop();
    }

    /** Ends it at once and for good. */
    public void kill() {
        synchronized (this) {
            stopping = true;
            if (current != null) {
                current.kill();
            }
        }
    }

    private void ended(int status) {
        Optional<Duration> delay;
        String what;
        synchronized (this) {
            Child child = current;
            if (stopping || child == null) {
                return;
            }
            String word = child.lastWord().isEmpty() ? "" : ": " + child.lastWord();
            what = String.format("%s ended with status %d%s", spec.name(), status, word);
            delay = status == NEEDS_A_PERSON ? Optional.empty() : policy.next(clock.millis());
            restarts++;
        }
        if (delay.isEmpty()) {
            onGivingUp.accept(
                    what + "\n         its log: " + spec.log() + " and " + spec.standardError());
            return;
        }
        warnings.accept(
                what
                        + "; starting it again in "
                        + delay.get().toMillis()
                        + " ms, log: "
                        + spec.log());
        after(delay.get()).execute(this::startAgain);
    }

    private void startAgain() {
        try {
            start();
        } catch (IOException e) {
            onGivingUp.accept(spec.name() + " cannot be started again: " + e.getMessage());
        }
    }

    private static Executor after(Duration delay) {
        return CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
