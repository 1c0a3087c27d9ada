/** The command line: {@link org.dropoutspec.cli.Main}. */
@NullMarked
package org.dropoutspec.cli;

import org.jspecify.annotations.NullMarked;
