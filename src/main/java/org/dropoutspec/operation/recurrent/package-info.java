/** A recurrent cell with a mask on its input and one on its recurrent connection, held over time. */
package org.dropoutspec.operation.recurrent;
