/** Dropouts as an adversary of the suite writes them, broken and sound, without a look at what the suite asks. */
package org.dropoutspec.adversary;
