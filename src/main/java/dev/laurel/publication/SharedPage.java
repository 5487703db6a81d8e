package dev.laurel.publication;

import dev.laurel.achievement.Alignment;
import dev.laurel.credential.Verification;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger sees of a badge.
 *
 * @param sample it was never earned: the page says so before anything else
 * @param courseIssuer a teacher speaks, not the institution
 * @param holder the holder's name, only where she agreed to it
 * @param awarded in the zone of the course
 * @param level the tier that was reached, where the badge has any and its holder shows it
 * @param credits what it is worth; {@code null} where nothing was said
 * @param skills what it stands for in frameworks of others
 * @param until the last moment at which it is valid; {@code null}: for ever
 * @param suspended it does not count for now
 * @param replaced a newer award took its place
 * @param newer where that one can be seen, if its holder shares it
 * @param decisionPath how its record is checked; {@code null} for awards from before
 * @param results its holder shows the record of the decision, with her results
 * @param work its holder shows what she handed in
 * @param jwt whether the JWT is there already
 * @param checkableElsewhere false on plain http, where no other verifier can look up a did:web
 */
record SharedPage(
        String name,
        String description,
        String criteria,
        String altText,
        String issuer,
        String issuerPath,
        boolean sample,
        boolean courseIssuer,
        @Nullable String holder,
        ZonedDateTime awarded,
        @Nullable String level,
        @Nullable BigDecimal credits,
        List<Alignment> skills,
        @Nullable ZonedDateTime until,
        boolean over,
        boolean suspended,
        boolean replaced,
        @Nullable String newer,
        @Nullable String decisionPath,
        boolean results,
        boolean work,
        Verification verification,
        boolean jwt,
        boolean checkableElsewhere) {}
