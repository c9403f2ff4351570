package io.sluice.sinks.verify;

/** Is told how far a check is, on the thread that runs it. */
public interface VerifyProgress {
    /** Says how many files there are to look into. */
    void begins(long files);

    /** Says that a file is done, and how many records it has. */
    void file(long records);
}
