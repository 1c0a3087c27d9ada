/** Gaussian dropout: normal noise in the place of a mask, looked at through its quantiles. */
package org.dropoutspec.operation.gaussian;
