/**
 * Broken implementations that the suite must find, and sound ones that it must not accuse:
 * {@link org.dropoutspec.mutant.Mutants} and {@link org.dropoutspec.mutant.SoundImplementations}.
 */
@NullMarked
package org.dropoutspec.mutant;

import org.jspecify.annotations.NullMarked;
