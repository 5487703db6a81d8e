/**
 * What others can reach by the choice of the holder: shared page, files, wallets and backpacks; pages that check badges of anybody;
 * and scores sent to the LMS.
 */
@ApplicationModule(
        allowedDependencies = {
            "credential",
            "credential :: check",
            "credential :: holder",
            "credential :: endorsement",
            "credential :: leaving",
            "award",
            "award :: fall",
            "achievement",
            "context",
            "context :: address",
            "gradebook",
            "launch :: session",
            "launch :: limits",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql",
            "platform :: ended",
            "platform :: wording"
        })
@NullMarked
package dev.laurel.publication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
