/**
 * CloudWatch metrics on one machine: PutMetricData, GetMetricData, GetMetricStatistics and
 * ListMetrics, dashboards and alarms, in all three wire forms.
 */
@NullMarked
package io.sluice.local.cloudwatch;

import org.jspecify.annotations.NullMarked;
