package io.sluice.local.cloudwatch;

/** A call that is answered with an error of the service. */
final class CloudWatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String shape;
    private final String queryCode;
    private final int status;

    private CloudWatchException(String shape, String queryCode, int status, String message) {
        super(message, null, false, false);
        this.shape = shape;
        this.queryCode = queryCode;
        this.status = status;
    }

    static CloudWatchException invalidValue(String message) {
        return new CloudWatchException(
                "InvalidParameterValueException", "InvalidParameterValue", 400, message);
    }

    static CloudWatchException invalidCombination(String message) {
        return new CloudWatchException(
                "InvalidParameterCombinationException",
                "InvalidParameterCombination",
                400,
                message);
    }

    static CloudWatchException missing(String name) {
        return new CloudWatchException(
                "MissingRequiredParameterException",
                "MissingParameter",
                400,
                "The parameter " + name + " is required.");
    }

    static CloudWatchException invalidToken() {
        return new CloudWatchException(
                "InvalidNextToken",
                "InvalidNextToken",
                400,
                "The next token specified is invalid.");
    }

    static CloudWatchException validation(String message) {
        return new CloudWatchException("ValidationError", "ValidationError", 400, message);
    }

    static CloudWatchException malformed(String message) {
        return new CloudWatchException("SerializationException", "MalformedInput", 400, message);
    }

    static CloudWatchException tooLarge(String message) {
        return new CloudWatchException(
                "RequestEntityTooLargeException", "RequestEntityTooLarge", 413, message);
    }

    static CloudWatchException unknownOperation(String name) {
        return new CloudWatchException(
                "UnknownOperationException",
                "InvalidAction",
                404,
                "Could not find operation " + name + " for version 2010-08-01");
    }

    static CloudWatchException internal() {
        return new CloudWatchException(
                "InternalServiceFault",
                "InternalServiceError",
                500,
                "Request processing has failed because of an unknown error.");
    }

    /** Name of the shape, as CBOR and JSON carry it. */
    String shape() {
        return shape;
    }

    /** Code as AWS Query carries it. */
    String queryCode() {
        return queryCode;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
