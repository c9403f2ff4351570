package io.sluice.local.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;

/**
 * Smithy RPC v2 CBOR: the operation in the path, timestamps as tag 1 (Smithy specification,
 * rpcv2Cbor).
 */
final class CborWire implements Wire {

    static final String PATH = "/service/GraniteServiceVersion20100801/operation/";

    private final ObjectMapper mapper = new ObjectMapper(new CBORFactory());

    @Override
    public Call read(HttpServerRequest http, byte[] body) throws IOException {
        String operation = http.path().substring(PATH.length());
        if (body.length == 0) {
            return new Call(operation, JsonNodeFactory.instance.objectNode());
        }
        try {
            JsonNode json = mapper.readTree(body);
            return new Call(operation, json);
        } catch (JsonProcessingException e) {
            throw CloudWatchException.malformed("The body is not CBOR: " + e.getOriginalMessage());
        }
    }

    @Override
    public String contentType() {
        return "application/cbor";
    }

    @Override
    public void headers(HttpServerResponse response) {
        response.putHeader("smithy-protocol", "rpc-v2-cbor");
    }

    @Override
    public byte[] write(String operation, ObjectNode result, String requestId) throws IOException {
        return TreeWriter.write(result, mapper.getFactory());
    }

    @Override
    public byte[] write(CloudWatchException error, String requestId) throws IOException {
        return mapper.writeValueAsBytes(Wire.error("com.amazonaws.cloudwatch#", error));
    }
}
