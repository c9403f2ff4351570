package io.sluice.pipeline.codec;

import io.sluice.contract.Candidate;
import io.sluice.contract.Route;
import io.sluice.contract.ServiceTier;
import io.sluice.contract.Target;
import io.sluice.contract.TargetQuota;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The fields of {@link Route} inside other layouts; changing them is a new version of each of
 * those.
 */
final class RouteFields {
    /** A tier is written as its place here: append only. */
    private static final List<ServiceTier> TIERS =
            List.of(
                    ServiceTier.DEFAULT,
                    ServiceTier.PRIORITY,
                    ServiceTier.FLEX,
                    ServiceTier.RESERVED);

    private RouteFields() {}

    static void writeOptional(@Nullable Route route, DataOutputView out) throws IOException {
        out.writeBoolean(route != null);
        if (route == null) {
            return;
        }
        Varint.write(route.candidates().size(), out);
        for (Candidate candidate : route.candidates()) {
            write(candidate, out);
        }
        Varint.write(route.staleForMillis(), out);
        Candidate cheaper = route.cheaper().orElse(null);
        out.writeBoolean(cheaper != null);
        if (cheaper != null) {
            write(cheaper, out);
        }
    }

    static @Nullable Route readOptional(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        List<Candidate> candidates = new ArrayList<>();
        for (long left = Varint.read(in); left > 0; left--) {
            candidates.add(read(in));
        }
        long staleForMillis = Varint.read(in);
        return new Route(candidates, staleForMillis, in.readBoolean() ? read(in) : null);
    }

    private static void write(Candidate candidate, DataOutputView out) throws IOException {
        Target target = candidate.target();
        out.writeUTF(target.model());
        Texts.writeOptional(target.region(), out);
        out.writeByte(TIERS.indexOf(target.tier()));
        Varint.write(candidate.rank(), out);
        Varint.write(candidate.weight(), out);
        TargetQuota quota = candidate.quota();
        Varint.write(quota.tokensPerMinute(), out);
        Varint.write(quota.requestsPerMinute(), out);
        Varint.write(quota.concurrency(), out);
        Varint.write(quota.outputBurndown(), out);
    }

    private static Candidate read(DataInputView in) throws IOException {
        return new Candidate(
                Target.of(in.readUTF(), Texts.readOptional(in), TIERS.get(in.readByte())),
                (int) Varint.read(in),
                (int) Varint.read(in),
                new TargetQuota(
                        Varint.read(in), Varint.read(in), Varint.read(in), (int) Varint.read(in)));
    }
}
