package io.sluice.local.cloudwatch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One metric: namespace, name and the exact set of dimensions. Another set is another metric;
 * nothing is rolled up.
 */
record MetricId(String namespace, String name, SortedMap<String, String> dimensions) {

    MetricId(String namespace, String name, Map<String, String> dimensions) {
        this(namespace, name, (SortedMap<String, String>) new TreeMap<>(dimensions));
    }
}
