package io.sluice.ingress.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.sluice.contract.Names;
import io.sluice.contract.TenantItem;
import io.sluice.contract.json.Json;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Administration;
import io.sluice.ingress.body.Body;
import io.sluice.ingress.body.BodyFields;
import io.sluice.ingress.tenant.Policies;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Tenants. Needs the administrator's key. */
@Controller("/v1/admin/tenants")
@Tag(name = "administration")
final class TenantsController {
    private final TenantAdministration administration;
    private final Policies policies;

    TenantsController(TenantAdministration administration, Policies policies) {
        this.administration = administration;
        this.policies = policies;
    }

    /** All tenants, by id. */
    @Get
    @Operation(operationId = "listTenants", summary = "List tenants")
    @ApiResponse(
            responseCode = "200",
            description = "All tenants",
            content = @Content(schema = @Schema(implementation = Administration.TenantList.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> list() {
        return administration
                .list()
                .thenApply(
                        tenants -> {
                            ObjectNode view = Json.object();
                            ArrayNode list = view.putArray("tenants");
                            tenants.forEach(tenant -> list.add(view(tenant)));
                            return JsonAnswer.of(HttpStatus.OK, view);
                        });
    }

    /** Makes a tenant; its first key is shown this once. */
    @Post
    @Operation(operationId = "createTenant", summary = "Create a tenant")
    @RequestBody(
            required = true,
            content = @Content(schema = @Schema(implementation = Administration.NewTenant.class)))
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(schema = @Schema(implementation = Administration.CreatedTenant.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> create(
            @io.micronaut.http.annotation.Body byte[] body) {
        BodyFields fields =
                object(body).only(Set.of("tenant_id", "tier", "overrides", "suspended"));
        String tenantId = fields.text("tenant_id", 1_000);
        if (!Names.TENANT_ID.matcher(tenantId).matches()) {
            throw fields.wrong(
                    "tenant_id", "expected a string that matches " + Names.TENANT_ID.pattern());
        }
        TenantWish wish = TenantWish.read(fields, policies);
        return administration
                .create(tenantId, wish)
                .thenApply(
                        created ->
                                JsonAnswer.of(HttpStatus.CREATED, AdminView.created(created))
                                        .header(
                                                HttpHeaders.LOCATION,
                                                "/v1/admin/tenants/" + tenantId));
    }

    /** One tenant. */
    @Get("/{tenantId}")
    @Operation(operationId = "readTenant", summary = "Read a tenant")
    @ApiResponse(
            responseCode = "200",
            description = "The tenant",
            content = @Content(schema = @Schema(implementation = Administration.Tenant.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> read(@PathVariable String tenantId) {
        return administration
                .view(tenantId)
                .thenApply(tenant -> JsonAnswer.of(HttpStatus.OK, AdminView.tenant(tenant)));
    }

    /** Replaces tier, overrides and suspension. */
    @Put("/{tenantId}")
    @Operation(operationId = "changeTenant", summary = "Change a tenant")
    @RequestBody(
            required = true,
            content =
                    @Content(schema = @Schema(implementation = Administration.TenantChange.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The tenant as it is now",
            content = @Content(schema = @Schema(implementation = Administration.Tenant.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> change(
            @PathVariable String tenantId, @io.micronaut.http.annotation.Body byte[] body) {
        BodyFields fields = object(body).only(Set.of("tier", "overrides", "suspended"));
        return administration
                .change(tenantId, TenantWish.read(fields, policies))
                .thenApply(tenant -> JsonAnswer.of(HttpStatus.OK, view(tenant)));
    }

    /** Deletes a tenant and revokes its keys. */
    @Delete("/{tenantId}")
    @Operation(operationId = "deleteTenant", summary = "Delete a tenant")
    @ApiResponse(responseCode = "204", description = "Deleted")
    CompletableFuture<MutableHttpResponse<byte[]>> delete(@PathVariable String tenantId) {
        return administration.delete(tenantId).thenApply(done -> HttpResponse.noContent());
    }

    private ObjectNode view(TenantItem tenant) {
        return AdminView.tenant(administration.view(tenant));
    }

    static BodyFields object(byte[] body) {
        return Body.object(body);
    }
}
