/** The check of an implementation against vectors, and the report of it. */
@NullMarked
package org.dropoutspec.golden.verify;

import org.jspecify.annotations.NullMarked;
