/** A network with dropout layers: a step of training, its loss and every gradient. */
package org.dropoutspec.operation.network;
