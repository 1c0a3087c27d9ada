/**
 * What is under test: an {@link org.dropoutspec.implementation.Implementation} answers a
 * {@link org.dropoutspec.implementation.Call}.
 */
package org.dropoutspec.implementation;
