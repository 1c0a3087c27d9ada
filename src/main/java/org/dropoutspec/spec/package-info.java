/** The numbered requirements, read from {@code spec/dropout.md}: {@link org.dropoutspec.spec.Specification}. */
package org.dropoutspec.spec;
