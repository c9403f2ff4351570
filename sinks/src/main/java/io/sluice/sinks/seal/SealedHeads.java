package io.sluice.sinks.seal;

import io.sluice.contract.audit.ChainHead;
import io.sluice.contract.audit.ChainSegment;
import io.sluice.contract.audit.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far each tenant's chain was sealed, as far back as digests were read. */
final class SealedHeads {
    private final Map<String, Long> sealed = new HashMap<>();

    void seal(Digest digest) {
        digest.heads().forEach(head -> sealed.merge(head.tenantId(), head.seq(), Math::max));
    }

    /** The heads of the chains that these segments carry further. */
    List<ChainHead> moved(List<ChainSegment> segments) {
        Map<String, ChainHead> moved = new HashMap<>();
        for (ChainSegment segment : segments) {
            String tenantId = segment.tenantId();
            ChainHead before = moved.get(tenantId);
            long reached =
                    Math.max(sealed.getOrDefault(tenantId, 0L), before == null ? 0 : before.seq());
            if (segment.lastSeq() > reached) {
                moved.put(tenantId, new ChainHead(tenantId, segment.lastSeq(), segment.lastHash()));
            }
        }
        return new ArrayList<>(moved.values());
    }
}
