/** Data keys per tenant: where they lie, what wraps them, and how they are destroyed. */
@NullMarked
package io.sluice.objects.key;

import org.jspecify.annotations.NullMarked;
