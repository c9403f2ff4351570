package io.sluice.ingress.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem document (RFC 9457): a status, what kind of problem, and what was seen and expected.
 * Not thread-safe while it is being put together.
 */
public final class Problem {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** More was asked for than the quota allows (IANA registry of problem types). */
    public static final String QUOTA_EXCEEDED =
            "https://iana.org/assignments/http-problem-types#quota-exceeded";

    /** There is no room for it just now (IANA registry of problem types). */
    public static final String REDUCED_CAPACITY =
            "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity";

    private final int status;
    private final String type;
    private final String title;
    private final String detail;
    private final Map<String, JsonNode> extensions = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Problem(int status, String type, String title, String detail) {
        this.status = status;
        this.type = type;
        this.title = title;
        this.detail = detail;
    }

    /** A problem that its status says enough about. */
    public static Problem of(HttpStatus status, String detail) {
        return new Problem(status.getCode(), "about:blank", status.getReason(), detail);
    }

    /** A problem of a registered type. */
    public static Problem typed(HttpStatus status, String type, String title, String detail) {
        return new Problem(status.getCode(), type, title, detail);
    }

    /** A {@code 503} that asks the client to come back. */
    public static Problem busy(String detail, long retryAfterSeconds) {
        return typed(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        REDUCED_CAPACITY,
                        "Temporarily reduced capacity",
                        detail)
                .header("Retry-After", Long.toString(retryAfterSeconds))
                .retry(true);
    }

    /**
     * Tells clients whether trying again within a minute makes sense, in the header {@code
     * x-should-retry} that common SDKs obey before they look at the status.
     */
    public Problem retry(boolean makesSense) {
        return header("x-should-retry", Boolean.toString(makesSense));
    }

    /** Adds a member of its own. */
    public Problem with(String name, JsonNode value) {
        extensions.put(name, value);
        return this;
    }

    /** Adds a header to the answer. */
    public Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Its status. */
    public int status() {
        return status;
    }

    /** What was seen, what was expected, what to do. */
    public String detail() {
        return detail;
    }

    /** To be thrown. */
    public ProblemException asException() {
        return new ProblemException(this);
    }

    /** Writes it into an answer; {@code instance} is the path that was called. */
    public MutableHttpResponse<byte[]> into(MutableHttpResponse<?> response, String instance) {
        headers.forEach(response::header);
        return response.status(status, title)
                .body(Json.bytes(json(instance)))
                .contentType(MEDIA_TYPE)
                .header("Cache-Control", "no-store");
    }

    private ObjectNode json(String instance) {
        ObjectNode node =
                Json.object()
                        .put("type", type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("instance", instance);
        extensions.forEach(node::set);
        return node;
    }
}
