/** Contexts, resource links, people with their accounts, and memberships. The only place where personal data lives. */
@ApplicationModule(
        allowedDependencies = {
            "launch",
            "launch :: session",
            "platform",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: self-test",
            "platform :: sql",
            "platform :: tool",
            "platform :: ended"
        })
@NullMarked
package dev.laurel.context;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
