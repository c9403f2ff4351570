package io.sluice.local.bedrock;

/** A call that is answered with a {@link Fault}. */
final class BedrockException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Fault fault;

    BedrockException(Fault fault, String message) {
        super(message, null, false, false);
        this.fault = fault;
    }

    static BedrockException invalid(String message) {
        return new BedrockException(Fault.VALIDATION, message);
    }

    Fault fault() {
        return fault;
    }

    String text() {
        String message = getMessage();
        return message == null ? fault.message() : message;
    }
}
