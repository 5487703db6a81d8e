/** What an issuer says: issuers, achievement versions and their images. */
@ApplicationModule(
        allowedDependencies = {
            "launch :: session",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql",
            "platform :: wording"
        })
@NullMarked
package dev.laurel.achievement;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
