/** Whom we trust and how we call them: tenants, registrations, deployments, tool keys, service tokens. */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package dev.laurel.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
