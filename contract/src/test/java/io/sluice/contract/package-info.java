/** The values of the contract. */
package io.sluice.contract;
