package io.sluice.contract.policy;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Checks the value of one limit key and brings it into its normal form. */
interface ValueReader {
    /** The normal form; null if the value is wrong, which the findings then say. */
    @Nullable JsonNode read(String path, JsonNode value, Findings findings);
}
