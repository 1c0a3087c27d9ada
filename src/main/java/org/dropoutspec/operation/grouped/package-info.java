/** Plain dropout with one element of the mask for a group: a channel, or a whole example. */
package org.dropoutspec.operation.grouped;
