package io.sluice.contract.policy;

import io.sluice.contract.ModelName;

/**
 * What stands around a model's own id in requests: an ARN's start, an inference profile's prefix.
 */
public final class ModelId {
    private ModelId() {}

    /** The id without what may stand before it. */
    public static String bare(String id) {
        return ModelName.of(id).bare();
    }
}
