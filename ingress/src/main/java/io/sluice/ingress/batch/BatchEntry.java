package io.sluice.ingress.batch;

import org.jspecify.annotations.Nullable;

/**
 * One request of a batch.
 *
 * @param requestId its id
 * @param customId the client's name for it, null if it has none
 */
record BatchEntry(String requestId, @Nullable String customId) {}
