package io.sluice.local.bedrock;

import java.util.Arrays;
import java.util.Optional;

/**
 * The modelled exceptions of the Converse operation with their HTTP status (Bedrock API reference,
 * Converse, Errors).
 */
public enum Fault {
    ACCESS_DENIED(
            "AccessDeniedException",
            403,
            "You don't have access to the model with the specified model ID."),
    CONFLICT(
            "ConflictException",
            400,
            "Error occurred because of a conflict while performing an operation."),
    INTERNAL_SERVER(
            "InternalServerException",
            500,
            "The system encountered an unexpected error during processing. Try your request again."),
    MODEL_ERROR(
            "ModelErrorException",
            424,
            "The model encountered an unexpected error during processing. Try your request again."),
    MODEL_NOT_READY(
            "ModelNotReadyException",
            429,
            "The model is not ready for inference. Try your request again."),
    MODEL_TIMEOUT(
            "ModelTimeoutException",
            408,
            "Model has timed out in processing the request. Try your request again."),
    RESOURCE_NOT_FOUND(
            "ResourceNotFoundException",
            404,
            "Could not resolve the foundation model from the provided model identifier."),
    SERVICE_QUOTA_EXCEEDED(
            "ServiceQuotaExceededException",
            400,
            "Your request exceeds the service quota for your account."),
    SERVICE_UNAVAILABLE(
            "ServiceUnavailableException", 503, "Bedrock is unable to process your request."),
    THROTTLING("ThrottlingException", 429, "Too many requests, please wait before trying again."),
    UNKNOWN_OPERATION(
            "UnknownOperationException", 404, "The operation is not known to this endpoint."),
    VALIDATION("ValidationException", 400, "The request is invalid.");

    private final String type;
    private final int status;
    private final String message;

    Fault(String type, int status, String message) {
        this.type = type;
        this.status = status;
        this.message = message;
    }

    /** The shape name that travels in {@code x-amzn-ErrorType}. */
    public String type() {
        return type;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What the service says when there is nothing more precise to say. */
    public String message() {
        return message;
    }

    /** The fault of that shape name, if Converse can answer with it. */
    public static Optional<Fault> ofType(String type) {
        return Arrays.stream(values()).filter(f -> f.type.equals(type)).findFirst();
    }
}
