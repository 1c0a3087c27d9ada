/** Operations of the family with defects as real code has them: whether a quick run finds them, and by what. */
package org.dropoutspec.adversary.family;
