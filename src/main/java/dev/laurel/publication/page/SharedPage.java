package dev.laurel.publication.page;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.credential.Verification;
import dev.laurel.credential.endorsement.Endorsement;
import dev.laurel.publication.Embedding;
import java.math.BigDecimal;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger sees of a badge.
 *
 * @param website of its issuer, as the signed badge says
 * @param parent the organisation that its issuer belonged to, as the signed badge says
 * @param linkedInPage the number of its issuer's page at LinkedIn now
 * @param partner who made the badge together with the issuer
 * @param sample it was never earned: the page says so before anything else
 * @param courseIssuer a teacher speaks, not the institution
 * @param holder the holder's name, only where she agreed to it
 * @param awarded in the zone of the course
 * @param level the tier that was reached, where the badge has any and its holder shows it
 * @param ofLevel at which level the badge itself stands, as it says
 * @param credits what it is worth; {@code null} where nothing was said
 * @param skills what it stands for in frameworks of others
 * @param until the last moment at which it is valid; {@code null}: for ever
 * @param suspended it does not count for now
 * @param assessed how it was earned, in words worked out from the facts; {@code null} where nobody wrote that down
 * @param replaced a newer award took its place
 * @param newer where that one can be seen, if its holder shares it
 * @param decisionPath how its record is checked; {@code null} for awards from before
 * @param results its holder shows the record of the decision, with her results
 * @param work its holder shows what she handed in
 * @param jwt whether the JWT is there already
 * @param url where this page is; empty for its holder while she does not share it
 * @param signed when it was signed as it was issued, in the zone of the course: what was approved later did not stand then
 * @param endorsements what others say of the badge, as far as its institution approved of it
 * @param issuerEndorsements and of its issuer
 * @param drawn the picture is there as a drawing too
 * @param checkableElsewhere false on plain http, where no other verifier can look up a did:web
 */
record SharedPage(
        String name,
        String description,
        @Nullable String benefit,
        String criteria,
        String altText,
        String issuer,
        String issuerPath,
        @Nullable String website,
        IssuerDetails.@Nullable Parent parent,
        @Nullable String linkedInPage,
        Details.@Nullable Partner partner,
        boolean sample,
        boolean courseIssuer,
        @Nullable String holder,
        ZonedDateTime awarded,
        @Nullable String level,
        @Nullable String ofLevel,
        @Nullable BigDecimal credits,
        List<Alignment> skills,
        @Nullable ZonedDateTime until,
        boolean over,
        boolean suspended,
        @Nullable String assessed,
        boolean replaced,
        @Nullable String newer,
        @Nullable String decisionPath,
        boolean results,
        boolean work,
        Verification verification,
        boolean jwt,
        String url,
        UUID credentialId,
        boolean checkableElsewhere,
        boolean drawn,
        ZonedDateTime signed,
        List<Endorsement> endorsements,
        List<Endorsement> issuerEndorsements) {

    /** Whether others can open a page of it. */
    public boolean isPublic() {
        return !url.isEmpty();
    }

    /** The name for the middle of a sentence, whose order its direction then does not change. */
    public @Nullable String holderIsolated() {
        return holder == null ? null : "\u2068" + holder + "\u2069";
    }

    /** What somebody pastes into a page of hers to show it there. */
    public String embedCode() {
        return Embedding.code(url, name);
    }
}
