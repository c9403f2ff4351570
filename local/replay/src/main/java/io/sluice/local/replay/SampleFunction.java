package io.sluice.local.replay;

import io.sluice.contract.audit.RecordedInput;
import io.sluice.pipeline.replay.CallSampling;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.util.Collector;

/** Samples each tenant's calls; emits, at the end of each tenant, its sample as numbers. */
final class SampleFunction extends TenantFold<Tuple2<String, long[]>> {
    static final TypeInformation<Tuple2<String, long[]>> RESULT =
            Types.TUPLE(Types.STRING, PrimitiveArrayTypeInfo.LONG_PRIMITIVE_ARRAY_TYPE_INFO);

    private static final long serialVersionUID = 1;

    private transient CallSampling sampling = new CallSampling();

    SampleFunction(Repeats repeats) {
        super(repeats);
    }

    @Override
    void begin(String id) {
        sampling = new CallSampling();
    }

    @Override
    void next(String id, RecordedInput record, int file) {
        sampling.add(id, record);
    }

    @Override
    void end(String id, Collector<Tuple2<String, long[]>> out) {
        out.collect(Tuple2.of(id, sampling.sample().toNumbers()));
    }
}
