/** Makes what a fresh account lacks: streams, tables, keys, demo tenants. */
@NullMarked
package io.sluice.local.command.provision;

import org.jspecify.annotations.NullMarked;
