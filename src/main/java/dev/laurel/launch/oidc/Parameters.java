package dev.laurel.launch.oidc;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Form or query parameters that may come at most once: which of two would be meant is anybody's guess. */
record Parameters(HttpServletRequest request, Refusal ifAmbiguous) {

    /** The value; {@code null} where it is missing or blank. */
    @Nullable
    String optional(String name) {
        String[] values = request.getParameterValues(name);
        if (values == null) {
            return null;
        }
        if (values.length > 1) {
            throw ifAmbiguous.because(name + " comes more than once");
        }
        return values[0].isBlank() ? null : values[0];
    }

    String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw ifAmbiguous.because(name + " is missing");
        }
        return value;
    }
}
