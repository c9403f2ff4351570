/** AWS's DynamoDB Local in a process of its own, and what a parent needs to run it. */
@NullMarked
package io.sluice.local.dynamodb;

import org.jspecify.annotations.NullMarked;
