package io.sluice.pipeline.model;

/** How far a call got that ended without an answer to use. */
enum Contact {
    /** It was never sent: no attempt was made. */
    NONE,
    /** Nobody was reached; nothing can have been worked on. */
    UNREACHED,
    /** It was sent, and no answer came: the model may have worked, and must be paid then. */
    UNANSWERED,
    /** The provider answered that it failed. */
    ANSWERED
}
