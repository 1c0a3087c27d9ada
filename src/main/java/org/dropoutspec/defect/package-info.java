/**
 * Defects from a small grammar, condition by effect by strength, and what the suite promises to find of them:
 * {@link org.dropoutspec.defect.Grammar} draws a {@link org.dropoutspec.defect.Defect}, an
 * {@link org.dropoutspec.defect.Exposure} says how much of it a run gets to see.
 */
@NullMarked
package org.dropoutspec.defect;

import org.jspecify.annotations.NullMarked;
