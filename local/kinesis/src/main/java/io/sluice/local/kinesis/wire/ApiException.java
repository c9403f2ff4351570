package io.sluice.local.kinesis.wire;

/**
 * An error as the Kinesis API models it: a type name, a message for people and the HTTP status.
 *
 * <p>Type names and statuses follow the Kinesis API reference
 * (https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html, 2026-11).
 */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MAX_QUOTED_CHARS = 300;

    private final String type;
    private final int status;

    public ApiException(String type, int status, String message) {
        super(message, null, false, false);
        this.type = type;
        this.status = status;
    }

    /** The modelled name, {@code ResourceNotFoundException} say. */
    public String type() {
        return type;
    }

    /** The HTTP status, 400 for what the caller can mend. */
    public int status() {
        return status;
    }

    public String text() {
        String message = getMessage();
        return message == null ? type : message;
    }

    public static ApiException resourceNotFound(String message) {
        return new ApiException("ResourceNotFoundException", 400, message);
    }

    public static ApiException resourceInUse(String message) {
        return new ApiException("ResourceInUseException", 400, message);
    }

    /** A value that breaks a constraint of its shape; the message has the service's form. */
    public static ApiException validation(Object value, String field, String constraint) {
        return new ApiException(
                "ValidationException",
                400,
                "1 validation error detected: Value '"
                        + shortened(String.valueOf(value))
                        + "' at '"
                        + field
                        + "' failed to satisfy constraint: "
                        + constraint);
    }

    private static String shortened(String value) {
        return value.length() <= MAX_QUOTED_CHARS
                ? value
                : value.substring(0, MAX_QUOTED_CHARS) + "…";
    }

    /** A required field that is missing. */
    public static ApiException missing(String field) {
        return new ApiException(
                "ValidationException",
                400,
                "1 validation error detected: Value null at '"
                        + field
                        + "' failed to satisfy constraint: Member must not be null");
    }

    public static ApiException invalidArgument(String message) {
        return new ApiException("InvalidArgumentException", 400, message);
    }

    public static ApiException limitExceeded(String message) {
        return new ApiException("LimitExceededException", 400, message);
    }

    public static ApiException throughputExceeded(String message) {
        return new ApiException("ProvisionedThroughputExceededException", 400, message);
    }

    public static ApiException expiredIterator(String message) {
        return new ApiException("ExpiredIteratorException", 400, message);
    }

    public static ApiException expiredNextToken() {
        return new ApiException("ExpiredNextTokenException", 400, "The NextToken has expired.");
    }

    /** A body that cannot be read as the shape of the operation. */
    public static ApiException serialization(String message) {
        return new ApiException("SerializationException", 400, message);
    }

    public static ApiException unknownOperation(String message) {
        return new ApiException("UnknownOperationException", 400, message);
    }

    public static ApiException missingAuthentication() {
        return new ApiException(
                "MissingAuthenticationTokenException",
                400,
                "Missing Authentication Token: the request has no Authorization header; sign it"
                        + " (any access key will do).");
    }

    public static ApiException tooLarge(int maxBytes) {
        return new ApiException(
                "RequestEntityTooLargeException",
                413,
                "The request body is larger than " + maxBytes + " bytes.");
    }

    public static ApiException internalFailure(String message) {
        return new ApiException("InternalFailure", 500, message);
    }
}
