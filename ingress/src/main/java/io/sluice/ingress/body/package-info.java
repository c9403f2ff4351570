/**
 * Strict reading of request bodies: every refusal names the field, what was seen and what was
 * expected.
 */
@NullMarked
package io.sluice.ingress.body;

import org.jspecify.annotations.NullMarked;
