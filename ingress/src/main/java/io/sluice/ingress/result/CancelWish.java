package io.sluice.ingress.result;

import io.sluice.contract.CommandEvent;
import io.sluice.contract.Names;
import io.sluice.contract.json.EventJson;
import io.sluice.ingress.stream.StreamRecord;

/** The command that withdraws a request. Its id follows from the request's: said twice is once. */
public final class CancelWish {
    private CancelWish() {}

    /** The command as a record of the tenant's log. */
    public static StreamRecord record(String tenantId, String requestId) {
        return new StreamRecord(
                tenantId,
                EventJson.write(
                        CommandEvent.builder()
                                .tenantId(tenantId)
                                .commandId("cancel_" + requestId)
                                .name(Names.CANCEL_REQUEST)
                                .subject(requestId)
                                .build()));
    }
}
