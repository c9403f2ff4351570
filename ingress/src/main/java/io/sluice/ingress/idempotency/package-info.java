/** Telling a repeated call from a new one by its {@code Idempotency-Key}. */
@NullMarked
package io.sluice.ingress.idempotency;

import org.jspecify.annotations.NullMarked;
