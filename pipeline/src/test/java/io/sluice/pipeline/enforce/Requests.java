package io.sluice.pipeline.enforce;

import io.sluice.contract.Budget;
import io.sluice.contract.EffectivePolicy;
import io.sluice.contract.Labels;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ReservePrice;
import java.util.List;

/** Makes the requests of one tenant's script: of sizes that just fit into what is left, or not. */
final class Requests {
    private static final long MOST = 1_000_000_000L;

    /** Two conversations that differ in nothing but where a colon stands. */
    private static final List<List<String>> SESSIONS =
            List.of(List.of("u", "a:s"), List.of("u:a", "s"));

    private final String tenantId;
    private final List<EffectivePolicy> policies;
    private final TenantState state;

    Requests(String tenantId, List<EffectivePolicy> policies, TenantState state) {
        this.tenantId = tenantId;
        this.policies = policies;
        this.state = state;
    }

    /** The key of a conversation. */
    static String sessionKey(int session) {
        List<String> names = SESSIONS.get(session % SESSIONS.size());
        return Turn.key(names.get(0), names.get(1));
    }

    RequestFacts facts(Step.Request step, int number, long nowMillis) {
        Step.Ask ask = step.ask();
        EffectivePolicy policy = policies.get(step.policy() % policies.size());
        String model = Models.ALL.get(ask.model());
        long skew = step.clock().skewMillis();
        long received = step.clock().wild() ? skew : nowMillis + skew;
        long output = 20;
        long input = 10;
        if (ask.size() instanceof Step.Size.Plain plain) {
            input = plain.input();
            output = plain.output();
        } else if (ask.size() instanceof Step.Size.TokensLeft left) {
            output = within(policy.tokensPerMinute() - state.core().minute().tokens() - input);
            output += left.offset();
        } else if (ask.size() instanceof Step.Size.MoneyLeft left) {
            output = within(affordable(policy, left.month(), model, input));
            output += left.offset();
        }
        return Facts.request(id(step, number, nowMillis), received)
                .tenantId(tenantId)
                .policy(policy)
                .model(model)
                .prices(Models.PRICES)
                .promptHash("hash-" + ask.prompt())
                .taskHash(ask.task() == 0 ? null : "task-" + ask.prompt() + ask.model())
                .cacheMode(ask.mode())
                .sampled(ask.sampled())
                .estimatedInputTokens(input)
                .maxTokens(Math.max(0, output))
                .deadlineAtMillis(received + ask.deadlineMillis())
                .priority(ask.priority())
                .labels(labels(ask))
                .build();
    }

    private static String id(Step.Request step, int number, long nowMillis) {
        return step.idSkewMillis() == Step.Request.SHORT_ID
                ? "r" + number
                : RequestIds.of(nowMillis + step.idSkewMillis(), number);
    }

    private static Labels labels(Step.Ask ask) {
        Labels.Builder labels = Labels.builder().endpoint("endpoint-" + ask.label() % 3);
        if (ask.task() > 0 || ask.label() % 2 == 1) {
            labels.agentId(ask.task() == 1 ? "agent" : "agent:task-0");
        }
        if (ask.session() > 0) {
            List<String> names = SESSIONS.get(ask.session() - 1);
            labels.userId(names.get(0)).session(names.get(1));
        }
        return labels.build();
    }

    private long affordable(EffectivePolicy policy, boolean month, String model, long input) {
        Budget budget = month ? policy.monthBudget() : policy.dayBudget();
        ReservePrice price = Models.PRICES.get(model);
        if (budget == null || price == null || price.outputPicoUsd(0) == 0) {
            return 20;
        }
        TenantCore core = state.core();
        long spent = (month ? core.monthSpending() : core.daySpending()).spentPicoUsd();
        long left = budget.limitPicoUsd() - spent - core.holds().heldPicoUsd();
        return (left - input * price.inputPicoUsd(0)) / price.outputPicoUsd(0);
    }

    private static long within(long output) {
        return Math.min(Math.max(0, output), MOST);
    }
}
