/** Observations from every source, line items, the change log, and scores written back. */
@ApplicationModule(
        allowedDependencies = {
            "context",
            "context :: link",
            "launch :: session",
            "platform",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: self-test",
            "platform :: sql",
            "platform :: tool"
        })
@NullMarked
package dev.laurel.gradebook;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
