/**
 * Payloads too large to travel: where they lie, how they are checked, and when they go. Knows
 * neither Flink nor HTTP; ingress and job share it.
 */
@NullMarked
package io.sluice.objects;

import org.jspecify.annotations.NullMarked;
