package io.sluice.pipeline.replay;

import io.sluice.contract.Decision;
import io.sluice.contract.OutcomeFacts;
import io.sluice.contract.RequestFacts;

/** Is told what a simulation puts on its tenants' logs, in order, and what was decided. */
interface LogListener {
    /** A request that arrived when it says that it was received. */
    void request(RequestFacts facts, Decision decision);

    /** An outcome that arrived when it says that it finished. */
    void outcome(OutcomeFacts facts);

    /** Does nothing. */
    LogListener NONE =
            new LogListener() {
                @Override
                public void request(RequestFacts facts, Decision decision) {}

                @Override
                public void outcome(OutcomeFacts facts) {}
            };
}
