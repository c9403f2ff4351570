package io.sluice.local.cloudwatch;

import java.util.List;

/** A call that is answered with an error of the service. */
final class CloudWatchException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String shape;
    private final String queryCode;
    private final int status;
    private final transient List<DashboardBody.Problem> problems;

    private CloudWatchException(String shape, String queryCode, int status, String message) {
        this(shape, queryCode, status, message, List.of());
    }

    private CloudWatchException(
            String shape,
            String queryCode,
            int status,
            String message,
            List<DashboardBody.Problem> problems) {
        super(message, null, false, false);
        this.shape = shape;
        this.queryCode = queryCode;
        this.status = status;
        this.problems = problems;
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

    static CloudWatchException invalidDashboard(List<DashboardBody.Problem> problems) {
        return new CloudWatchException(
                "DashboardInvalidInputError",
                "InvalidParameterInput",
                400,
                "The field DashboardBody must be a valid dashboard: "
                        + problems.get(0).path()
                        + " "
                        + problems.get(0).message(),
                problems);
    }

    static CloudWatchException noDashboard(String name) {
        return new CloudWatchException(
                "DashboardNotFoundError",
                "ResourceNotFound",
                404,
                "Dashboard " + name + " does not exist");
    }

    static CloudWatchException noAlarm(String name) {
        return new CloudWatchException(
                "ResourceNotFound", "ResourceNotFound", 404, "Alarm " + name + " does not exist");
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

    /** What is wrong with a dashboard's body; empty for other errors. */
    List<DashboardBody.Problem> problems() {
        return problems;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
