/** A DynamoDB table as a table of Flink SQL. Knows nothing of Sluice. */
@NullMarked
package io.sluice.local.notebooks.dynamodb;

import org.jspecify.annotations.NullMarked;
