/**
 * The suite judged by its own means: {@link org.dropoutspec.selftest.SelfTest} puts every mutant and every sound
 * implementation to the contracts and states a {@link org.dropoutspec.selftest.SelfTestResult}.
 */
@NullMarked
package org.dropoutspec.selftest;

import org.jspecify.annotations.NullMarked;
