package dev.laurel.achievement;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a badge says of itself besides its words: for catalogues, other schools and employers. Nothing of it has to be known.
 *
 * @param type one of {@link #TYPES}
 * @param tags words that it is found by
 * @param humanCode its code in a catalogue
 * @param language of its words, as a tag of BCP 47 that Open Badges takes
 * @param criteriaUrl where more is said of what it takes
 * @param partner who made it together with the issuer
 * @param related addresses of badges that belong to it, as others name them
 * @param benefit what its holder may expect of it, such as "Counts as a 3-credit elective"; stands in the credential below its
 *     description, since Open Badges has no word for it
 * @param level at which level it stands, such as "EQF level 5" or "Advanced"; in the credential one of its tags, since Open Badges has
 *     no word for it
 * @param scores whether the badge lets its holder put her results into the signed credential
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#achievement">Open Badges 3.0, Achievement</a>
 */
public record Details(
        String type,
        List<String> tags,
        @Nullable String fieldOfStudy,
        @Nullable String specialization,
        @Nullable String humanCode,
        @Nullable String language,
        @Nullable String criteriaUrl,
        @Nullable Partner partner,
        List<String> related,
        @Nullable String benefit,
        @Nullable String level,
        boolean scores) {

    /** The kind of badges that are of no narrower one. */
    public static final String ANY_TYPE = "Badge";

    /** Open Badges 3.0, AchievementType. */
    public static final List<String> TYPES = List.of(
            "Achievement",
            "ApprenticeshipCertificate",
            "Assessment",
            "Assignment",
            "AssociateDegree",
            "Award",
            ANY_TYPE,
            "BachelorDegree",
            "Certificate",
            "CertificateOfCompletion",
            "Certification",
            "CommunityService",
            "Competency",
            "Course",
            "CoCurricular",
            "Degree",
            "Diploma",
            "DoctoralDegree",
            "Fieldwork",
            "GeneralEducationDevelopment",
            "JourneymanCertificate",
            "LearningProgram",
            "License",
            "Membership",
            "ProfessionalDoctorate",
            "QualityAssuranceCredential",
            "MasterCertificate",
            "MasterDegree",
            "MicroCredential",
            "ResearchDoctorate",
            "SecondarySchoolDiploma");

    public static final Details NOTHING =
            new Details(ANY_TYPE, List.of(), null, null, null, null, null, null, List.of(), null, null, false);

    public static final int MOST_TAGS = 20;

    public static final int MOST_RELATED = 10;

    public static final int LONGEST = 200;

    /** Characters of {@link #benefit}. */
    public static final int LONGEST_BENEFIT = 500;

    private static final String LANGUAGE = "[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?";

    /** An organisation that stands behind the badge too; its address is what it is known by. */
    public record Partner(String name, String url) {

        /** @throws IllegalArgumentException where the name is missing or the URL is none */
        public Partner {
            if (name.isBlank() || !Alignment.isUrl(url)) {
                throw new IllegalArgumentException("A partner has a name and an absolute URL");
            }
        }
    }

    /** @throws IllegalArgumentException where something is not of the form that Open Badges gives it */
    @SuppressWarnings("NullAway") // what was stored before a member was there has none
    public Details {
        type = type == null ? ANY_TYPE : type;
        tags = tags == null ? List.of() : distinct(tags);
        related = related == null ? List.of() : distinct(related);
        if (!TYPES.contains(type)
                || (language != null && !isLanguage(language))
                || (criteriaUrl != null && !Alignment.isUrl(criteriaUrl))
                || !related.stream().allMatch(Alignment::isUrl)) {
            throw new IllegalArgumentException("Not what Open Badges can say of a badge");
        }
    }

    /** Its tags in a credential: with its level. */
    public List<String> tagsWithLevel() {
        return Stream.concat(tags.stream(), Stream.ofNullable(level)).distinct().toList();
    }

    private static List<String> distinct(List<String> all) {
        return all.stream().distinct().toList();
    }

    /** Whether it is a language tag that Open Badges takes: {@code en}, {@code pt-BR}, {@code zh-Hant-TW}. */
    public static boolean isLanguage(String tag) {
        return tag.matches(LANGUAGE)
                && !Locale.forLanguageTag(tag).getLanguage().isEmpty();
    }
}
