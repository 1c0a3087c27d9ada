/** JMH benchmarks: {@code mvn -q -B -Pbenchmark test-compile exec:exec} runs them all. */
package org.dropoutspec.benchmark;
