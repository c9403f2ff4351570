package io.sluice.pipeline.topology;

import io.sluice.contract.OutcomeEvent;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.RequestFacts;
import io.sluice.contract.ResultItem;
import io.sluice.contract.ResultStatus;
import io.sluice.pipeline.enforce.AdmittedRequest;
import io.sluice.pipeline.enforce.CallEnd;
import io.sluice.pipeline.enforce.CallOrder;
import io.sluice.pipeline.enforce.Facts;
import java.util.List;
import org.apache.flink.streaming.api.functions.async.AsyncFunction;
import org.apache.flink.streaming.api.functions.async.ResultFuture;

/** A model that answers at once and always the same; every fifth request fails. */
final class LoopInvoker implements AsyncFunction<CallOrder, CallEnd> {
    private static final long serialVersionUID = 1;

    private final String store;

    LoopInvoker(String store) {
        this.store = store;
    }

    @Override
    public void asyncInvoke(CallOrder order, ResultFuture<CallEnd> future) {
        AdmittedRequest admitted = order.admitted();
        if (admitted == null) {
            future.complete(List.of());
            return;
        }
        LoopStore outside = LoopStore.of(store);
        if (outside.crashesToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("the job is made to fail here");
        }
        RequestFacts asked = admitted.request().facts();
        OutcomeFacts facts = facts(asked);
        OutcomeEvent outcome = Facts.event(facts);
        outside.put(
                ResultItem.builder()
                        .tenantId(asked.tenantId())
                        .requestId(asked.requestId())
                        .status(
                                facts.status() == OutcomeStatus.SUCCEEDED
                                        ? ResultStatus.SUCCEEDED
                                        : ResultStatus.FAILED)
                        .decision(admitted.decision())
                        .output(outcome.payload())
                        .usage(facts.usage())
                        .costPicoUsd(facts.costPicoUsd())
                        .priceVersion(facts.priceVersion())
                        .model(facts.model())
                        .endpoint(asked.labels().endpoint())
                        .attempt(1)
                        .latencyMillis(1)
                        .receivedAtMillis(asked.receivedAtMillis())
                        .finishedAtMillis(facts.finishedAtMillis())
                        .expiresAtSeconds(0)
                        .build());
        future.complete(List.of(CallEnd.of(outcome)));
    }

    private static OutcomeFacts facts(RequestFacts asked) {
        int number = Math.floorMod(asked.requestId().hashCode(), 1_000);
        return (number % 5 == 0
                        ? Facts.failed(asked.requestId())
                        : Facts.succeeded(asked.requestId()))
                .tenantId(asked.tenantId())
                .costPicoUsd(number % 5 == 0 ? 0 : number)
                .finishedAtMillis(asked.receivedAtMillis())
                .build();
    }
}
