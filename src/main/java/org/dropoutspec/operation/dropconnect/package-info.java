/** A dense layer whose weights are dropped. */
package org.dropoutspec.operation.dropconnect;
