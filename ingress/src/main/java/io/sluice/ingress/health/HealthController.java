package io.sluice.ingress.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.sluice.contract.json.Json;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Administration;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Health of the process, for whoever runs it. Needs no key. */
@Controller("/health")
@Tag(name = "health")
final class HealthController {
    private static final String UP = "UP";
    private static final String DOWN = "DOWN";

    private final ReadinessProbe probe;

    HealthController(ReadinessProbe probe) {
        this.probe = probe;
    }

    /** 200 while the process lives. */
    @Get("/live")
    @Operation(operationId = "live", summary = "Whether the process lives")
    @ApiResponse(
            responseCode = "200",
            description = "It lives",
            content = @Content(schema = @Schema(implementation = Administration.Health.class)))
    MutableHttpResponse<byte[]> live() {
        return JsonAnswer.of(HttpStatus.OK, Json.object().put("status", UP));
    }

    /** 200 while stream and tables answer, else 503. */
    @Get("/ready")
    @Operation(operationId = "ready", summary = "Whether stream and tables answer")
    @ApiResponse(
            responseCode = "200",
            description = "Ready",
            content = @Content(schema = @Schema(implementation = Administration.Health.class)))
    @ApiResponse(
            responseCode = "503",
            description = "Not ready",
            content = @Content(schema = @Schema(implementation = Administration.Health.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> ready() {
        return probe.parts().thenApply(HealthController::answer);
    }

    private static MutableHttpResponse<byte[]> answer(Map<String, Boolean> parts) {
        boolean up = parts.values().stream().allMatch(part -> part);
        ObjectNode view = Json.object().put("status", up ? UP : DOWN);
        ObjectNode details = view.putObject("parts");
        parts.forEach((name, ready) -> details.put(name, ready ? UP : DOWN));
        return JsonAnswer.of(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, view);
    }
}
