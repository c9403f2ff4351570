/**
 * CloudWatch metrics on one machine: PutMetricData, GetMetricData, GetMetricStatistics and
 * ListMetrics in all three wire forms.
 */
@NullMarked
package io.sluice.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
