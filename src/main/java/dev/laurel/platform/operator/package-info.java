/** The operator's pages: registrations, deployments, jobs, health. No student data. */
@NullMarked
package dev.laurel.platform.operator;

import org.jspecify.annotations.NullMarked;
