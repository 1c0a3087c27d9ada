/** A network with dropout layers: a step of training, its loss and every gradient. */
@NullMarked
package org.dropoutspec.operation.network;

import org.jspecify.annotations.NullMarked;
