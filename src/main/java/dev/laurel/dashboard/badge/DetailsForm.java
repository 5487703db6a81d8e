package dev.laurel.dashboard.badge;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.dashboard.Typed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an instructor typed about a badge for catalogues and other schools, exactly as typed.
 *
 * @param tags with commas between
 * @param related one web address a line
 */
record DetailsForm(
        String type,
        String tags,
        String field,
        String specialization,
        String code,
        String language,
        String criteriaUrl,
        String partnerName,
        String partnerUrl,
        String related,
        String benefit,
        String level,
        @Nullable String scores) {

    static final DetailsForm NOTHING = of(Details.NOTHING);

    @SuppressWarnings("NullAway") // binding leaves out what was not sent
    DetailsForm {
        type = type == null ? Details.ANY_TYPE : type;
        tags = tags == null ? "" : tags;
        field = field == null ? "" : field;
        specialization = specialization == null ? "" : specialization;
        code = code == null ? "" : code;
        language = language == null ? "" : language;
        criteriaUrl = criteriaUrl == null ? "" : criteriaUrl;
        partnerName = partnerName == null ? "" : partnerName;
        partnerUrl = partnerUrl == null ? "" : partnerUrl;
        related = related == null ? "" : related;
        benefit = benefit == null ? "" : benefit;
        level = level == null ? "" : level;
    }

    static DetailsForm of(Details details) {
        Details.Partner partner = details.partner();
        return new DetailsForm(
                details.type(),
                String.join(", ", details.tags()),
                plain(details.fieldOfStudy()),
                plain(details.specialization()),
                plain(details.humanCode()),
                plain(details.language()),
                plain(details.criteriaUrl()),
                partner == null ? "" : partner.name(),
                partner == null ? "" : partner.url(),
                String.join("\n", details.related()),
                plain(details.benefit()),
                plain(details.level()),
                details.scores() ? "on" : null);
    }

    public boolean isScores() {
        return scores != null;
    }

    /** What was typed; empty where something cannot be, and then {@code problems} was told. */
    Optional<Details> read(Problems problems) {
        List<String> words = parts(tags, ",");
        List<String> addresses = parts(related, "\n");
        boolean sound = isShort("field", field, Details.LONGEST, problems)
                & isShort("specialization", specialization, Details.LONGEST, problems)
                & isShort("code", code, Details.LONGEST, problems)
                & isShort("partnerName", partnerName, Details.LONGEST, problems)
                & isShort("benefit", benefit, Details.LONGEST_BENEFIT, problems)
                & isShort("level", level, Details.LONGEST, problems)
                & isFew("tags", words, Details.MOST_TAGS, problems)
                & isFew("related", addresses, Details.MOST_RELATED, problems)
                & isUrl("criteriaUrl", criteriaUrl, problems);
        if (!language.isBlank() && !Details.isLanguage(language.strip())) {
            problems.reject("language", "details.language.bad");
            sound = false;
        }
        if (!addresses.stream().allMatch(Alignment::isUrl)) {
            problems.reject("related", "details.related.bad");
            sound = false;
        }
        if (partnerName.isBlank() != partnerUrl.isBlank()) {
            problems.reject(partnerName.isBlank() ? "partnerName" : "partnerUrl", "details.partner.half");
            sound = false;
        }
        return isUrl("partnerUrl", partnerUrl, problems) && sound
                ? Optional.of(details(words, addresses))
                : Optional.empty();
    }

    private Details details(List<String> words, List<String> addresses) {
        return new Details(
                Details.TYPES.contains(type) ? type : Details.ANY_TYPE,
                words,
                orNull(field),
                orNull(specialization),
                orNull(code),
                orNull(language),
                orNull(criteriaUrl),
                partnerName.isBlank() ? null : new Details.Partner(Typed.text(partnerName), partnerUrl.strip()),
                addresses,
                orNull(benefit),
                orNull(level),
                isScores());
    }

    private static List<String> parts(String typed, String between) {
        return Arrays.stream(Typed.text(typed).split(between))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }

    private static boolean isShort(String field, String text, int longest, Problems problems) {
        if (Typed.text(text).length() > longest) {
            problems.reject(field, "details.long", longest);
            return false;
        }
        return true;
    }

    private static boolean isFew(String field, List<String> all, int most, Problems problems) {
        if (all.size() > most || all.stream().anyMatch(each -> each.length() > Alignment.LONGEST_URL)) {
            problems.reject(field, "details.many", most);
            return false;
        }
        return true;
    }

    private static boolean isUrl(String field, String text, Problems problems) {
        if (!text.isBlank() && (!Alignment.isUrl(text.strip()) || text.length() > Alignment.LONGEST_URL)) {
            problems.reject(field, "details.url.bad");
            return false;
        }
        return true;
    }

    private static @Nullable String orNull(String text) {
        return Typed.text(text).isEmpty() ? null : Typed.text(text);
    }

    private static String plain(@Nullable String text) {
        return text == null ? "" : text;
    }
}
