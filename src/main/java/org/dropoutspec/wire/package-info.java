/** The wire protocol: an {@link org.dropoutspec.wire.AdapterProcess} is an implementation that is a child process. */
package org.dropoutspec.wire;
