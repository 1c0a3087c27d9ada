/**
 * Masks judged by evidence: feed every {@link org.dropoutspec.statistics.Draw} of a run to a
 * {@link org.dropoutspec.statistics.MaskAnalysis} and read what its families found.
 */
@NullMarked
package org.dropoutspec.statistics;

import org.jspecify.annotations.NullMarked;
