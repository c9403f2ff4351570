/** The data folder: where everything is, keys, endpoints and what runs. */
@NullMarked
package io.sluice.local.command.data;

import org.jspecify.annotations.NullMarked;
