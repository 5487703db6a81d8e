/** OIDC third-party login, validation of the id_token and sessions. */
@ApplicationModule(
        allowedDependencies = {
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
package dev.laurel.launch;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
