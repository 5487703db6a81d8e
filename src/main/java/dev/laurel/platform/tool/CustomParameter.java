package dev.laurel.platform.tool;

import org.jspecify.annotations.Nullable;

/**
 * A custom parameter of every launch. A platform that does not know the variable sends its name instead.
 *
 * @param variable with its dollar sign
 * @param only the one product that knows the variable; {@code null}: a variable of the specification
 */
public record CustomParameter(
        String name, String variable, @Nullable ProductFamily only) {

    boolean isFor(ProductFamily family) {
        return only == null || only == family;
    }
}
