/** OIDC third-party login and validation of the id_token, step by step as the specifications number them. */
@NullMarked
package dev.laurel.launch.oidc;

import org.jspecify.annotations.NullMarked;
