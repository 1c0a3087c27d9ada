/** The expected answers to calls, in exact arithmetic that shares nothing with the reference. */
@NullMarked
package org.dropoutspec.golden.exact;

import org.jspecify.annotations.NullMarked;
