package io.sluice.ingress.job;

import java.util.concurrent.CompletableFuture;

/** Asks how the job is. Thread-safe. */
public interface JobHealthReader {
    /** How it is, at most seconds ago; never fails, but may say that it is not known. */
    CompletableFuture<JobHealth> read();
}
