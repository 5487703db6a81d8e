/** Open Badges 3.0: writing, signing, verifying, baking, and the keys of issuers. */
@ApplicationModule(
        allowedDependencies = {
            "award",
            "achievement",
            "context",
            "context :: link",
            "criteria",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql"
        })
@NullMarked
package dev.laurel.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
