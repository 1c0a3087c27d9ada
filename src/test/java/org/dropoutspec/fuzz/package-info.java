/** Texts from strangers, damaged at random: what every reader of the suite is tried with. */
package org.dropoutspec.fuzz;
