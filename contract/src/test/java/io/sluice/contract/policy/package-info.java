@org.jspecify.annotations.NullMarked
package io.sluice.contract.policy;
