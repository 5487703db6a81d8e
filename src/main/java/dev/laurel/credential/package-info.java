/**
 * Open Badges 3.0: writing, signing, verifying, baking, status lists and the keys of issuers; endorsements, badges from elsewhere,
 * and issuers that leave or arrive.
 */
@ApplicationModule(
        allowedDependencies = {
            "award",
            "achievement",
            "context",
            "context :: address",
            "context :: link",
            "criteria",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql",
            "platform :: ended"
        })
@NullMarked
package dev.laurel.credential;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
