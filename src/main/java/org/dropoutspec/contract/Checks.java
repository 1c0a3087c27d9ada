package org.dropoutspec.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.dropoutspec.condition.Factor;
import org.dropoutspec.implementation.Capability;

/** Marks the one property that holds implementations to a requirement. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@AddLifecycleHook(CheckLifecycle.class)
public @interface Checks {
    /** The requirement's id: {@code BWD-1}. */
    String value();

    /** The pin of the requirement's sentence, as it stood when the check was last read against it. */
    String pin();

    /** What an implementation must be able to do to be asked. */
    Capability[] needs() default {};

    /**
     * The requirements that this check stands on: where one of them failed, a failure here is taken for the same defect
     * seen again, and is told as not judged.
     */
    String[] standsOn() default {};

    /** The factors that the check asks at one level only; it asks all others as the covering design has them. */
    Factor[] blindTo() default {};

    /** Why one level of the factors in {@link #blindTo} is enough. */
    String because() default "";

    /** Whether a sound implementation can fail the check by chance; it then states what each comparison spends. */
    boolean byCoincidence() default false;

    /** What an implementation must have declared for the requirement to apply. */
    Applies[] when() default {};
}
