/**
 * Masks judged by evidence: {@link org.dropoutspec.sampling.Sampling} asks an implementation under every condition and
 * comes to a {@link org.dropoutspec.sampling.Conclusion} for each statistical requirement.
 * {@link org.dropoutspec.sampling.Plan} says how much is asked.
 */
@NullMarked
package org.dropoutspec.sampling;

import org.jspecify.annotations.NullMarked;
