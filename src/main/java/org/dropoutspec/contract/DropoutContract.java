package org.dropoutspec.contract;

/**
 * Every requirement of the specification. To hold a dropout written in Java to it:
 *
 * <pre>
 *   class MyDropoutTest implements DropoutContract {
 *       public Implementation implementation() { return new MyDropout(); }
 *   }
 * </pre>
 */
public interface DropoutContract
        extends SiteContract,
                ForwardContract,
                InputContract,
                IntegerContract,
                BackwardContract,
                RetainContract,
                NumericsContract,
                ShapeContract {}
