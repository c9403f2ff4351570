/**
 * What every write to DynamoDB shares: the client, the form of an item, the names of its failures.
 */
@NullMarked
package io.sluice.sinks.dynamodb;

import org.jspecify.annotations.NullMarked;
