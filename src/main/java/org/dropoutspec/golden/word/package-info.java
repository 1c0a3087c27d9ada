/** Words: the bits of an element, the exact number that they stand for, how they read, and how an answer's may stand to them. */
@NullMarked
package org.dropoutspec.golden.word;

import org.jspecify.annotations.NullMarked;
