/**
 * Dropouts as an adversary of the suite writes them, broken and sound, without a look at what the suite asks: {@code Trial}
 * certifies them all and tells who passes and who is accused.
 */
package org.dropoutspec.adversary;
