/**
 * The JSON of the contract: one codec per record. Readers ignore fields they do not know and refuse
 * missing or ill-typed ones with a {@link MalformedJsonException} that names them.
 */
@NullMarked
package io.sluice.contract.json;

import org.jspecify.annotations.NullMarked;
