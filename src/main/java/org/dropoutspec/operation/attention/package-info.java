/** Dropout of attention probabilities. */
package org.dropoutspec.operation.attention;
