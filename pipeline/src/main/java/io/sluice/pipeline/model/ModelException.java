package io.sluice.pipeline.model;

import org.jspecify.annotations.Nullable;

/** A failed call of a model. The message names no part of prompt or answer. */
final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ModelFailure failure;
    private final Contact contact;

    ModelException(
            ModelFailure failure, Contact contact, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
        this.contact = contact;
    }

    ModelFailure failure() {
        return failure;
    }

    /** How far the call got. */
    Contact contact() {
        return contact;
    }
}
