/** The command line: {@link org.dropoutspec.cli.Main}. */
package org.dropoutspec.cli;
