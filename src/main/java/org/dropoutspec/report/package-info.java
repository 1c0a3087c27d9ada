/**
 * A certificate for people ({@link org.dropoutspec.report.TextReport}) and for machines
 * ({@link org.dropoutspec.report.ReportDirectory}).
 */
@NullMarked
package org.dropoutspec.report;

import org.jspecify.annotations.NullMarked;
