/** Words: the bits of an element, their exact number, their rendering, and how an answer's may relate to them. */
@NullMarked
package org.dropoutspec.golden.word;

import org.jspecify.annotations.NullMarked;
