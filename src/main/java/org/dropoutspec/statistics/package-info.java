/**
 * Masks judged by evidence: feed every {@link org.dropoutspec.statistics.Draw} of a run to a
 * {@link org.dropoutspec.statistics.MaskAnalysis} and read what its families found.
 */
package org.dropoutspec.statistics;
