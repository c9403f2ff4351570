package io.sluice.ingress.stream;

/** Whether appending to the stream pauses, as it does while the stream is resharded. */
public interface WritePauses {
    /** No pause, ever. */
    WritePauses NONE = () -> 0;

    /** How much longer appending pauses, milliseconds; 0 when it does not. Never blocks. */
    long leftMillis();
}
