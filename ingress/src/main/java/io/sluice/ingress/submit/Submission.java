package io.sluice.ingress.submit;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Labels;
import io.sluice.contract.Priority;

/**
 * A checked submit body.
 *
 * @param model the model id as submitted; it has a price
 * @param prompt what goes to the model
 * @param maxTokens output tokens the call may produce
 * @param priority how urgent it is
 * @param cacheMode what the client wants of the response cache
 * @param deadlineMillis how long after submission the answer is wanted, milliseconds
 * @param labels the client's names for it
 */
record Submission(
        String model,
        Prompt prompt,
        long maxTokens,
        Priority priority,
        CacheMode cacheMode,
        long deadlineMillis,
        Labels labels) {}
