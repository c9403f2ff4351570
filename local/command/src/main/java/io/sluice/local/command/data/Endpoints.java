package io.sluice.local.command.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.contract.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The base addresses of a running system, as {@code endpoints.json} has them. An AWS service that
 * is not embedded is named by the address the SDK uses.
 */
public record Endpoints(
        URI api, URI dashboard, URI flink, URI kinesis, URI dynamodb, URI cloudwatch, URI bedrock) {

    public void write(DataFolder folder) throws IOException {
        JsonFile.write(folder.endpoints(), json());
    }

    /** The addresses of the last start; empty before the first. */
    public static Optional<Endpoints> read(DataFolder folder) throws IOException {
        return JsonFile.read(folder.endpoints()).map(Endpoints::of);
    }

    public ObjectNode json() {
        return Json.object()
                .put("api", api.toString())
                .put("dashboard", dashboard.toString())
                .put("flink", flink.toString())
                .put("kinesis", kinesis.toString())
                .put("dynamodb", dynamodb.toString())
                .put("cloudwatch", cloudwatch.toString())
                .put("bedrock", bedrock.toString());
    }

    private static Endpoints of(ObjectNode node) {
        return new Endpoints(
                uri(node, "api"),
                uri(node, "dashboard"),
                uri(node, "flink"),
                uri(node, "kinesis"),
                uri(node, "dynamodb"),
                uri(node, "cloudwatch"),
                uri(node, "bedrock"));
    }

    private static URI uri(ObjectNode node, String name) {
        return URI.create(node.path(name).asText());
    }
}
