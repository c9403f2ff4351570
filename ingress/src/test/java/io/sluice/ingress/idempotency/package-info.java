/** Idempotency keys. */
package io.sluice.ingress.idempotency;
