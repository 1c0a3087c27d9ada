/** What calls must give, in exact arithmetic that shares nothing with the reference. */
package org.dropoutspec.golden.exact;
