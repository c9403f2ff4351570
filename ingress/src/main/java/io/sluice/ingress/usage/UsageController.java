package io.sluice.ingress.usage;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.sluice.contract.TenantItem;
import io.sluice.contract.UsageItem;
import io.sluice.ingress.JsonAnswer;
import io.sluice.ingress.api.Administration;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.tenant.TenantStore;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What tenants used. */
@Controller("/v1")
@Tag(name = "usage")
final class UsageController {
    private final UsageStore usage;
    private final TenantStore tenants;
    private final InstantSource time;

    UsageController(UsageStore usage, TenantStore tenants, InstantSource time) {
        this.usage = usage;
        this.tenants = tenants;
        this.time = time;
    }

    /** The calling tenant's usage. */
    @Get("/usage")
    @Operation(operationId = "usage", summary = "Read what the calling tenant used")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema =
                    @Schema(
                            type = "string",
                            allowableValues = {"minute", "hour", "day", "month"}))
    @Parameter(
            name = "group",
            in = ParameterIn.QUERY,
            description = "any of model, endpoint, agent_id, cost_center, separated by commas",
            schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(schema = @Schema(implementation = Administration.UsageReport.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> ofTenant(
            @Parameter(hidden = true) HttpRequest<?> request) {
        String tenantId = Caller.tenantOf(request).id();
        UsageQuery query = UsageQuery.of(request.getParameters().asMap(), time.millis());
        return windows(tenantId, query).thenApply(items -> report(query, false, items));
    }

    /** All tenants' usage, the deleted ones' too. */
    @Get("/admin/usage")
    @Tag(name = "administration")
    @Operation(operationId = "usageOfAll", summary = "Read what all tenants used")
    @Parameter(
            name = "from",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(name = "to", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @Parameter(
            name = "group",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class))
    @ApiResponse(
            responseCode = "200",
            description = "The report; rows name their tenant, and 'tenants' has their totals",
            content = @Content(schema = @Schema(implementation = Administration.UsageReport.class)))
    CompletableFuture<MutableHttpResponse<byte[]>> ofAll(
            @Parameter(hidden = true) HttpRequest<?> request) {
        UsageQuery query = UsageQuery.of(request.getParameters().asMap(), time.millis());
        return tenants.tenants()
                .thenCompose(all -> windowsOfAll(all, query))
                .thenApply(items -> report(query, true, items));
    }

    private CompletableFuture<List<UsageItem>> windowsOfAll(
            List<TenantItem> all, UsageQuery query) {
        List<CompletableFuture<List<UsageItem>>> reads =
                all.stream().map(tenant -> windows(tenant.tenantId(), query)).toList();
        return CompletableFuture.allOf(reads.toArray(CompletableFuture[]::new))
                .thenApply(done -> reads.stream().flatMap(r -> r.join().stream()).toList());
    }

    private CompletableFuture<List<UsageItem>> windows(String tenantId, UsageQuery query) {
        return usage.windows(
                tenantId, query.window().stored(), query.fromMillis(), query.toMillis());
    }

    private static MutableHttpResponse<byte[]> report(
            UsageQuery query, boolean byTenant, List<UsageItem> items) {
        UsageReport report = new UsageReport(query, byTenant);
        items.forEach(report::add);
        return JsonAnswer.of(HttpStatus.OK, report.json());
    }
}
