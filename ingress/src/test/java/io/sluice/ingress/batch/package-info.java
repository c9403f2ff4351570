/** Batches. */
package io.sluice.ingress.batch;
