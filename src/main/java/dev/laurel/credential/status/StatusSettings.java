package dev.laurel.credential.status;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What an operator says of status lists.
 *
 * @param statusCopies the directory in which each node keeps what was published and what ended for good, which must not be restored together with the
 *     database; empty: where {@link StatusCopiesPlace} says
 */
@ConfigurationProperties("laurel.credential")
record StatusSettings(@Nullable String statusCopies) {}
