package io.sluice.ingress.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.sluice.contract.json.Json;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Administration;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The API keys of a tenant. Needs the administrator's key. */
@Controller("/v1/admin/tenants/{tenantId}/keys")
@Tag(name = "administration")
final class KeysController {
    private final KeyAdministration keys;
    private final InstantSource time;

    KeysController(KeyAdministration keys, InstantSource time) {
        this.keys = keys;
        this.time = time;
    }

    /** The tenant's keys, without their secrets. */
    @Get
    @Operation(operationId = "listKeys", summary = "List a tenant's keys")
    @ApiResponse(
            responseCode = "200",
            description = "The keys",
            content = @Content(schema = @Schema(implementation = Administration.KeyList.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list(@PathVariable String tenantId) {
        return keys.list(tenantId)
                .thenApply(
                        found -> {
                            ObjectNode view = Json.object();
                            ArrayNode list = view.putArray("keys");
                            found.forEach(key -> list.add(AdminView.key(key)));
                            return JsonAnswer.of(HttpStatus.OK, view);
                        });
    }

    /** Makes a key, which is shown this once. */
    @Post
    @Operation(operationId = "createKey", summary = "Create a key")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Administration.NewKey.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = Administration.CreatedKey.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> create(
            @PathVariable String tenantId, @Body byte[] body) {
        BodyFields fields = TenantsController.object(body).only(Set.of("label", "expires_at"));
        return keys.add(tenantId, fields.text("label", 100), expiresAtMillis(fields))
                .thenApply(key -> JsonAnswer.of(HttpStatus.CREATED, AdminView.minted(key)));
    }

    /** Revokes a key. */
    @Delete("/{keyId}")
    @Operation(operationId = "deleteKey", summary = "Revoke a key")
    @ApiResponse(responseCode = "204", description = "Revoked")
    CompletableFuture<MutableHttpResponse<byte[]>> delete(
            @PathVariable String tenantId, @PathVariable String keyId) {
        return keys.revoke(tenantId, keyId)
                .thenApply(
                        revoked -> {
                            if (!revoked) {
                                throw Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "The tenant has no key of this id.")
                                        .asException();
                            }
                            return HttpResponse.noContent();
                        });
    }

    private long expiresAtMillis(BodyFields fields) {
        String text = fields.optionalText("expires_at", 64);
        if (text == null) {
            return 0;
        }
        try {
            long millis = OffsetDateTime.parse(text).toInstant().toEpochMilli();
            if (millis > time.millis()) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // Said below.
        }
        throw fields.wrong(
                "expires_at", "expected a time in the future, such as 2027-01-31T00:00:00Z");
    }
}
