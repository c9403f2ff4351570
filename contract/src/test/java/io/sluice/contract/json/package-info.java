/** The JSON of the contract: what was written before must be readable, and mean the same. */
package io.sluice.contract.json;
