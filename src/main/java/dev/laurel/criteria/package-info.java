/** Rule sets, the pure evaluator and its explanation. */
@ApplicationModule(
        allowedDependencies = {
            "achievement",
            "gradebook",
            "context",
            "context :: link",
            "launch :: session",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql"
        })
@NullMarked
package dev.laurel.criteria;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
