package dev.laurel.launch.operator;

import org.springframework.context.ApplicationContext;

/** Lets the tests of other modules in as the operator. */
public final class TestOperator {

    private TestOperator() {}

    /** A link that works once, as the command prints it. */
    public static String link(ApplicationContext laurel) {
        return laurel.getBean(OperatorLinks.class).create();
    }
}
