package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/** awsJson1.0: the operation in {@code X-Amz-Target}, timestamps as epoch seconds. */
final class JsonWire implements Wire {

    private static final String TARGET = "GraniteServiceVersion20100801.";

    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public Call read(HttpServerRequest http, byte[] body) throws IOException {
        String target = String.valueOf(http.getHeader("X-Amz-Target"));
        if (!target.startsWith(TARGET)) {
            throw CloudWatchException.unknownOperation(target);
        }
        try {
            JsonNode json = mapper.readTree(body);
            return new Call(target.substring(TARGET.length()), json);
        } catch (JsonProcessingException e) {
            throw CloudWatchException.malformed("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    @Override
    public String contentType() {
        return "application/x-amz-json-1.0";
    }

    @Override
    public byte[] write(String operation, ObjectNode result, String requestId) throws IOException {
        return TreeWriter.write(result, mapper.getFactory());
    }

    @Override
    public byte[] write(CloudWatchException error, String requestId) throws IOException {
        return mapper.writeValueAsBytes(Wire.error("com.amazonaws.cloudwatch.v2010_08_01#", error));
    }
}
