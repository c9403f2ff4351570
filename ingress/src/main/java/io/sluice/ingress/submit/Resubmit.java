package io.sluice.ingress.submit;

import io.micronaut.http.HttpStatus;
import io.sluice.contract.PayloadKind;
import io.sluice.contract.RequestEvent;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.Route;
import io.sluice.contract.json.Json;
import io.sluice.contract.json.SealedText;
import io.sluice.contract.policy.ModelCatalogue;
import io.sluice.contract.policy.ModelFamily;
import io.sluice.ingress.payload.Payloads;
import io.sluice.ingress.problem.Problem;
import io.sluice.ingress.problem.ProblemException;
import io.sluice.ingress.tenant.Policies;
import io.sluice.ingress.tenant.Tenant;
import io.sluice.ingress.tenant.TenantStore;
import io.sluice.ingress.tokens.TokenEstimator;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Brings a request that was taken in before under the policy of now: what it may ask for, and where
 * its model or alias leads. Which alias it named is found in the archived policy that it was taken
 * in by, as the one that led where it went; one that led to a single model, and no further, is not
 * told from that model's id.
 */
@Singleton
public final class Resubmit {
    private final TenantStore archive;
    private final Policies policies;
    private final Payloads payloads;

    Resubmit(TenantStore archive, Policies policies, Payloads payloads) {
        this.archive = archive;
        this.policies = policies;
        this.payloads = payloads;
    }

    /** The request with today's route; a 422 problem if the policy of now refuses it. */
    public CompletableFuture<RequestEvent> byPolicyOfNow(Tenant tenant, RequestEvent earlier) {
        long ceiling = tenant.resolved().maxTokensCeiling();
        if (earlier.facts().maxTokens() > ceiling) {
            throw refused(
                    "it asks for "
                            + earlier.facts().maxTokens()
                            + " output tokens, expected at most "
                            + ceiling);
        }
        return named(earlier.facts())
                .thenCompose(
                        named ->
                                toBeSealedAnew(earlier)
                                        .thenCompose(
                                                event ->
                                                        routed(
                                                                tenant,
                                                                event,
                                                                choice(tenant, named))));
    }

    /** A sealed prompt is bound to its request: in the clear, it is sealed for the next one. */
    private CompletableFuture<RequestEvent> toBeSealedAnew(RequestEvent earlier) {
        String payload = earlier.payload();
        return payloads.areSealed() || SealedText.isSealed(payload)
                ? read(earlier, text -> earlier.toBuilder().payload(text).build())
                : CompletableFuture.completedFuture(earlier);
    }

    private <T> CompletableFuture<T> read(RequestEvent event, Function<String, T> view) {
        return payloads.read(
                        event.tenantId(),
                        PayloadKind.PROMPT,
                        event.facts().requestId(),
                        event.payload(),
                        view)
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        Payloads.isLost(failure)
                                                ? refused("its prompt is not kept any more")
                                                : failure));
    }

    /** The id or alias that it was submitted with. */
    private CompletableFuture<String> named(RequestFacts facts) {
        Route route = facts.ownRoute();
        if (route == null) {
            return CompletableFuture.completedFuture(facts.model());
        }
        return archive.policy(facts.tenantId(), facts.policy().version())
                .thenApply(
                        found ->
                                found.flatMap(p -> p.namesOf(route).stream().findFirst())
                                        .orElse(facts.model()));
    }

    private ModelChoice choice(Tenant tenant, String named) {
        ModelCatalogue models = policies.document().models();
        ModelChoice choice = ModelChoice.of(named, tenant.resolved(), models);
        if (!models.knows(choice.model(), policies.prices())) {
            throw refused("its model '" + named + "' is in neither the price book nor the policy");
        }
        return choice;
    }

    private CompletableFuture<RequestEvent> routed(
            Tenant tenant, RequestEvent earlier, ModelChoice choice) {
        RequestFacts facts = earlier.facts();
        ModelCatalogue models = policies.document().models();
        Set<ModelFamily> before =
                new ModelChoice(facts.model(), facts.ownRoute()).families(models, facts.policy());
        Set<ModelFamily> after = choice.families(models, tenant.policy());
        CompletableFuture<Long> estimate =
                before.containsAll(after)
                        ? CompletableFuture.completedFuture(facts.estimatedInputTokens())
                        : estimate(earlier, after);
        boolean sameModel = choice.model().equals(facts.model());
        return estimate.thenApply(
                tokens ->
                        earlier.toBuilder()
                                .facts(
                                        facts.toBuilder()
                                                .model(choice.model())
                                                .route(choice.route())
                                                // which has the model in it
                                                .taskHash(sameModel ? facts.taskHash() : null)
                                                .estimatedInputTokens(tokens)
                                                .build())
                                .build());
    }

    private CompletableFuture<Long> estimate(RequestEvent event, Set<ModelFamily> families) {
        return read(event, text -> estimate(text, families));
    }

    private static long estimate(String prompt, Set<ModelFamily> families) {
        return families.stream()
                .mapToLong(family -> TokenEstimator.estimate(family, Json.parse(prompt)))
                .max()
                .orElseThrow();
    }

    private static ProblemException refused(String why) {
        return Problem.of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "The tenant's policy of now does not take this request: " + why + ".")
                .retry(false)
                .asException();
    }
}
