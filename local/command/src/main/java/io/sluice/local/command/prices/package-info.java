/** Price files as a person looks at them. */
@org.jspecify.annotations.NullMarked
package io.sluice.local.command.prices;
