package dev.laurel.credential.document;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.credential.endorsement.Attachment;
import dev.laurel.credential.issuer.CredentialAddresses;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The achievement, as credentials and the badge's own address say it.
 *
 * @param id its public URL
 * @param version counted from 1; the URL is of this version alone
 * @param credits what it is worth; {@code null} where nothing was said
 * @param alignments what it stands for in frameworks of others
 * @param partner who made it together with the issuer, where the issuer may say so
 * @param before the URL of the version before this one, where others may know that
 * @param endorsements what other organisations say of it, with their proofs
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievement">Open Badges 3.0, Achievement</a>
 */
record Badge(
        String id,
        int version,
        String name,
        String description,
        String criteria,
        String imageUrl,
        String altText,
        @Nullable BigDecimal credits,
        List<Alignment> alignments,
        Details details,
        Details.@Nullable Partner partner,
        @Nullable String before,
        List<Attachment> endorsements) {

    /**
     * @param partner as {@link AchievementVersion#partner}
     * @param beforeIsKnown whether the version before this one was ever in force
     */
    static Badge of(
            AchievementVersion version,
            String altText,
            Details.@Nullable Partner partner,
            boolean beforeIsKnown,
            List<Attachment> endorsements,
            CredentialAddresses addresses) {
        int number = version.version();
        return new Badge(
                addresses.achievement(version.achievementPublicId(), number),
                number,
                version.name(),
                version.says(),
                version.criteria(),
                addresses.achievementImage(version.achievementPublicId(), number),
                altText,
                version.credits(),
                // Said twice it would be one thing twice in a list, which strict readers refuse.
                version.alignments().stream().distinct().toList(),
                version.details(),
                partner,
                beforeIsKnown ? addresses.achievement(version.achievementPublicId(), number - 1) : null,
                endorsements);
    }

    JsonObjectBuilder toJson() {
        JsonObjectBuilder json = Json.object().add("id", id);
        json.add("type", Json.array(List.of("Achievement")))
                .add("achievementType", details.type())
                .add("name", name)
                .add("description", description)
                .add("criteria", criteriaJson())
                .add(
                        "image",
                        Json.object().add("id", imageUrl).add("type", "Image").add("caption", altText))
                .add("version", Integer.toString(version));
        Json.put(json, "creditsAvailable", credits);
        Json.putTexts(json, "tag", details.tagsWithLevel());
        Json.put(json, "fieldOfStudy", details.fieldOfStudy());
        Json.put(json, "specialization", details.specialization());
        Json.put(json, "humanCode", details.humanCode());
        Json.put(json, "inLanguage", details.language());
        Json.put(
                json,
                "creator",
                partner == null ? null : IssuerProfile.profile(partner.url(), partner.name(), partner.url()));
        Json.putList(json, "alignment", alignments, Badge::alignmentJson);
        JsonArrayBuilder related = relatedJson();
        if (before != null || !details.related().isEmpty()) {
            json.add("related", related);
        }
        Endorsing.put(json, endorsements);
        return json;
    }

    /** The badge's own page says it too, so there is always an address. */
    private JsonObjectBuilder criteriaJson() {
        String url = details.criteriaUrl();
        return Json.object().add("id", url == null ? id + "#criteria" : url).add("narrative", criteria);
    }

    private JsonArrayBuilder relatedJson() {
        JsonArrayBuilder related = Json.list(
                details.related(), url -> Json.object().add("id", url).add("type", Json.array(List.of("Related"))));
        if (before != null && !details.related().contains(before)) {
            related.add(Json.object()
                    .add("id", before)
                    .add("type", Json.array(List.of("Related")))
                    .add("version", Integer.toString(version - 1)));
        }
        return related;
    }

    private static JsonObjectBuilder alignmentJson(Alignment alignment) {
        JsonObjectBuilder json = Json.typed("Alignment")
                .add("targetName", alignment.targetName())
                .add("targetUrl", alignment.targetUrl());
        Json.put(json, "targetType", alignment.targetType());
        Json.put(json, "targetCode", alignment.targetCode());
        Json.put(json, "targetFramework", alignment.targetFramework());
        return json;
    }
}
