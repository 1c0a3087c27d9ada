package org.dropoutspec.contract;

/**
 * Every requirement on plain dropout. To hold a dropout written in Java to them:
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
