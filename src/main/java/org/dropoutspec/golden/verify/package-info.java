/** An implementation held to vectors, and the report of it. */
package org.dropoutspec.golden.verify;
