/** What makes the history of decisions tamper-evident: hashes, trees and proofs. */
@NullMarked
package io.sluice.contract.audit;

import org.jspecify.annotations.NullMarked;
