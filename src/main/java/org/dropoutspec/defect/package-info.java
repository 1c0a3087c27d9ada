/**
 * Defects from a small grammar: a condition, an effect and a strength. And what the suite promises to find of them.
 * {@link org.dropoutspec.defect.Grammar} draws a {@link org.dropoutspec.defect.Defect}, an
 * {@link org.dropoutspec.defect.Exposure} tells how much of it a run gets to see.
 */
@NullMarked
package org.dropoutspec.defect;

import org.jspecify.annotations.NullMarked;
