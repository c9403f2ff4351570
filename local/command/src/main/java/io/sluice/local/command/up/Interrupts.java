package io.sluice.local.command.up;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Turns the first Ctrl-C or termination signal into a clean stop, and a second Ctrl-C into a kill.
 */
final class Interrupts {
    private static final int KILLED = 130;

    private Interrupts() {}

    /**
     * Handles signals from now on. The process ends with status 0 after a clean stop.
     *
     * @param stop completed at the first signal
     * @param stopped to be completed when everything is stopped
     * @param kill ends everything at once
     */
    static void handle(
            CompletableFuture<Void> stop, CompletableFuture<Void> stopped, Runnable kill) {
        Thread hook =
                new Thread(
                        () -> {
                            if (!stopped.isDone()) {
                                stop.complete(null);
                                watchForSecond(stopped, kill);
                                stopped.join();
                                Runtime.getRuntime().halt(0);
                            }
                        },
                        "stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * A JVM that is shutting down no longer sees signals, but Ctrl-C goes to every process of the
     * terminal: a shell that only waits dies of it, and that is seen.
     */
    private static void watchForSecond(CompletableFuture<Void> stopped, Runnable kill) {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", "read line").start();
            Thread watcher =
                    new Thread(
                            () -> {
                                shell.onExit().join();
                                if (!stopped.isDone()) {
                                    kill.run();
                                    Runtime.getRuntime().halt(KILLED);
                                }
                            },
                            "second-interrupt");
            watcher.setDaemon(true);
            watcher.start();
        } catch (IOException e) {
            // Without the shell the first stop goes its way; it is bounded.
        }
    }
}
