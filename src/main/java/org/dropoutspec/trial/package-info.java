/**
 * Masks judged by evidence: {@link org.dropoutspec.trial.Trial} draws them call after call and comes to a
 * {@link org.dropoutspec.trial.Conclusion} for each statistical requirement, as {@link org.dropoutspec.trial.Plan} says
 * how much is asked.
 */
package org.dropoutspec.trial;
