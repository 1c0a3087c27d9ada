/** Benchmarks, of JMH and others: {@code mvn -q -B -Pbenchmark test-compile exec:exec} runs those of JMH. */
package org.dropoutspec.benchmark;
