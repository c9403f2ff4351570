package io.sluice.ingress.dashboard;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.sluice.ingress.key.Authenticator;
import io.sluice.ingress.key.Caller;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.query.QueryFields;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The figures of the dashboard's page, and of no other program: they change with the page. A
 * tenant's key shows that tenant; the administrator's the fleet, or the tenant of the parameter
 * {@code tenant}.
 */
@Controller("/v1/dashboard")
@Hidden
final class ViewsController {
    /** Shorter than idle connections live; the page goes on with the next stream. */
    static final Duration STREAM = Duration.ofSeconds(60);

    private final Views views;
    private final Authenticator authenticator;

    ViewsController(Views views, Authenticator authenticator) {
        this.views = views;
        this.authenticator = authenticator;
    }

    /** A view as of now. */
    @Get
    CompletableFuture<MutableHttpResponse<byte[]>> once(HttpRequest<?> request) {
        return views.once(viewOf(request)).map(ViewsController::answer).toFuture();
    }

    private static MutableHttpResponse<byte[]> answer(Snapshot snapshot) {
        return switch (snapshot.kind()) {
            case VIEW ->
                    HttpResponse.ok(snapshot.json())
                            .contentType(MediaType.APPLICATION_JSON_TYPE)
                            .header("Cache-Control", "no-store");
            case GONE -> throw ViewKey.unknown();
            case TROUBLE ->
                    throw Problem.busy("The tables of usage cannot be read.", 1).asException();
        };
    }

    /** The same again each second, as server-sent events; ends when the key is revoked. */
    @Get("/stream")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    MutableHttpResponse<Flux<byte[]>> stream(HttpRequest<?> request) {
        Caller caller = Caller.of(request);
        Flux<byte[]> events =
                views.stream(viewOf(request))
                        .take(STREAM)
                        .concatMap(snapshot -> ifStillKnown(caller, snapshot))
                        .takeWhile(Optional::isPresent)
                        .map(snapshot -> snapshot.orElseThrow().event());
        return HttpResponse.<Flux<byte[]>>ok()
                .body(events)
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    private Mono<Optional<Snapshot>> ifStillKnown(Caller caller, Snapshot snapshot) {
        return Mono.fromFuture(() -> authenticator.isStillKnown(caller), true)
                .onErrorReturn(false)
                .map(known -> known ? Optional.of(snapshot) : Optional.empty());
    }

    private static ViewKey viewOf(HttpRequest<?> request) {
        QueryFields query = QueryFields.of(request, Set.of("tenant", "range"));
        TimeRange range = query.word("range", TimeRange::ofWireName);
        return ViewKey.of(
                Caller.of(request), query.text("tenant"), range == null ? TimeRange.HOUR : range);
    }
}
