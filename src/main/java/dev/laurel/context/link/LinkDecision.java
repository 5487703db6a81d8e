package dev.laurel.context.link;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the institution said of two accounts.
 *
 * @param accepted they are one person's; otherwise two people's
 * @param endedBy who of the institution took it back that they are one person's; {@code null}: nobody
 * @param holds they are together by this word still: neither the institution nor the person has parted them
 */
public record LinkDecision(
        LinkCase said,
        boolean accepted,
        long decidedBy,
        Instant decidedAt,
        @Nullable Long endedBy,
        @Nullable Instant endedAt,
        boolean holds) {}
