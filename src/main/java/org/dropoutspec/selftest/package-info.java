/**
 * The suite judged by its own means: {@link org.dropoutspec.selftest.SelfTest} runs every mutant and every sound
 * implementation against the contracts and gives a {@link org.dropoutspec.selftest.SelfTestResult}.
 */
@NullMarked
package org.dropoutspec.selftest;

import org.jspecify.annotations.NullMarked;
