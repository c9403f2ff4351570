package io.sluice.pipeline.enforce;

import io.sluice.contract.Alert;
import io.sluice.contract.ResultItem;
import io.sluice.contract.json.DecisionJson;
import io.sluice.contract.json.EventJson;
import io.sluice.contract.json.ResultItemJson;
import java.nio.charset.StandardCharsets;

/**
 * A way out of the enforcing operator on which one tenant's records keep their order, and how they
 * are spelled out there, to the last bit.
 */
public enum Exit {
    /** Orders to call the model and withdrawals of such orders. */
    CALLS,
    /** Final results of requests that needed no call of their own. */
    RESULTS,
    /** Samples of metrics. */
    METRICS,
    /** What crossed a line; given further on, like results. */
    ALERTS;

    /** An alert with its id. */
    public static String spelled(Alert alert) {
        return alert.id() + ' ' + alert;
    }

    /** An order with its request, its decision, and the turns before it. */
    public static String spelled(CallOrder order) {
        AdmittedRequest admitted = order.admitted();
        return admitted == null
                ? "withdraw " + order.requestId()
                : DecisionJson.write(admitted.decision())
                        + " for "
                        + new String(EventJson.write(admitted.request()), StandardCharsets.UTF_8)
                        + " after "
                        + admitted.earlierTurns();
    }

    /** A result with its decision and its answer. */
    public static String spelled(ResultItem item) {
        return ResultItemJson.write(item).toString();
    }
}
