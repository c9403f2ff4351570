/** Where tenants' rows lie. */
package io.sluice.local.command.tenants;
