package io.sluice.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.contract.json.Json;

/** Answers of JSON trees. None of them may be kept by caches. */
public final class JsonAnswer {
    private JsonAnswer() {}

    /** An answer with a document. */
    public static MutableHttpResponse<byte[]> of(HttpStatus status, JsonNode document) {
        return HttpResponse.<byte[]>status(status)
                .body(Json.bytes(document))
                .contentType(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store");
    }
}
