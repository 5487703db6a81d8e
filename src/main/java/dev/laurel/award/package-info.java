/** Awards and their life, and the record of each decision. */
@ApplicationModule(
        allowedDependencies = {
            "criteria",
            "criteria :: rule",
            "achievement",
            "gradebook",
            "gradebook :: manual",
            "context",
            "launch :: session",
            "platform :: tenant",
            "platform :: http",
            "platform :: secrets",
            "platform :: road",
            "platform :: sql",
            "platform :: wording"
        })
@NullMarked
package dev.laurel.award;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
