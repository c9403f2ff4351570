package io.sluice.ingress.submit;

import io.sluice.contract.CacheMode;
import io.sluice.contract.Labels;
import io.sluice.contract.Priority;
import io.sluice.contract.Route;
import org.jspecify.annotations.Nullable;

/**
 * A checked submit body.
 *
 * @param model the real model id, no alias
 * @param route the targets that may answer; null if the policy says no more than the model
 * @param prompt what goes to the model
 * @param taskHash of what an agent was asked to do; null if it is no agent task
 * @param maxTokens output tokens the call may produce
 * @param priority how urgent it is
 * @param cacheMode what the client wants of the response cache
 * @param deadlineMillis how long after submission the answer is wanted, milliseconds
 * @param labels the client's names for it
 */
record Submission(
        String model,
        @Nullable Route route,
        Prompt prompt,
        @Nullable String taskHash,
        long maxTokens,
        Priority priority,
        CacheMode cacheMode,
        long deadlineMillis,
        Labels labels) {}
