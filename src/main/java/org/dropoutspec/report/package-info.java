/**
 * A certificate for people ({@link org.dropoutspec.report.TextReport}) and for machines
 * ({@link org.dropoutspec.report.ReportDirectory}).
 */
package org.dropoutspec.report;
