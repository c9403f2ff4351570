package io.sluice.ingress.batch;

import org.jspecify.annotations.Nullable;

/**
 * A checked line of a batch, and where it is in the body.
 *
 * @param number the line's number, from 1
 * @param from its first byte
 * @param to the byte behind its last
 * @param customId the client's name for it, null if it has none
 */
record BatchLine(int number, int from, int to, @Nullable String customId) {}
