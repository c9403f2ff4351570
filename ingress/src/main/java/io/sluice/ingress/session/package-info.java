/** Conversations as their tenants see them: reading, listing, forgetting. */
@NullMarked
package io.sluice.ingress.session;

import org.jspecify.annotations.NullMarked;
