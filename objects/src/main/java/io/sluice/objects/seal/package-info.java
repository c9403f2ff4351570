/** Payloads under the data keys of their tenants. */
@NullMarked
package io.sluice.objects.seal;

import org.jspecify.annotations.NullMarked;
