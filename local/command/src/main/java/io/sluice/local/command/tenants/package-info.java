/** Where a tenant's rows lie: moves between shared tables and its own, and who may read them. */
@NullMarked
package io.sluice.local.command.tenants;

import org.jspecify.annotations.NullMarked;
