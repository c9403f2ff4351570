/** HTTP/1.1 and HTTP/2 on one port: requests in, answers and event streams out. */
@NullMarked
package io.sluice.local.kinesis.http;

import org.jspecify.annotations.NullMarked;
