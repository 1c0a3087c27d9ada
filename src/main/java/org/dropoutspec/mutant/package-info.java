/**
 * Broken implementations that the suite has to find, and sound ones that it must not:
 * {@link org.dropoutspec.mutant.Mutants} and {@link org.dropoutspec.mutant.SoundImplementations}.
 */
@NullMarked
package org.dropoutspec.mutant;

import org.jspecify.annotations.NullMarked;
