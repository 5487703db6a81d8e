package dev.laurel.dashboard.template;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a badge of a file says of itself for catalogues and other schools. */
final class DetailsFields {

    private DetailsFields() {}

    static void write(ObjectNode badge, Details details) {
        if (details.equals(Details.NOTHING)) {
            return;
        }
        ObjectNode node = badge.putObject("details");
        node.put("type", details.type());
        putTexts(node, "tags", details.tags());
        put(node, "fieldOfStudy", details.fieldOfStudy());
        put(node, "specialization", details.specialization());
        put(node, "code", details.humanCode());
        put(node, "language", details.language());
        put(node, "criteriaUrl", details.criteriaUrl());
        Details.Partner partner = details.partner();
        if (partner != null) {
            node.putObject("partner").put("name", partner.name()).put("url", partner.url());
        }
        putTexts(node, "related", details.related());
        put(node, "benefit", details.benefit());
        put(node, "level", details.level());
        if (details.scores()) {
            node.put("scores", true);
        }
    }

    static Details read(FileFields badge) {
        FileFields fields = badge.optional("details");
        if (fields == null) {
            return Details.NOTHING;
        }
        String type = fields.text("type", Details.LONGEST);
        List<String> tags = fields.texts("tags", Details.MOST_TAGS, Details.LONGEST);
        String field = fields.optionalText("fieldOfStudy", Details.LONGEST);
        String specialization = fields.optionalText("specialization", Details.LONGEST);
        String code = fields.optionalText("code", Details.LONGEST);
        String language = fields.optionalText("language", Details.LONGEST);
        String criteriaUrl = url(fields, "criteriaUrl");
        FileFields partner = fields.optional("partner");
        List<String> related = new ArrayList<>(fields.texts("related", Details.MOST_RELATED, Alignment.LONGEST_URL));
        String benefit = fields.optionalText("benefit", Details.LONGEST_BENEFIT);
        String level = fields.optionalText("level", Details.LONGEST);
        boolean scores = fields.flag("scores");
        fields.end();
        if (!Details.TYPES.contains(type)) {
            fields.bad("type", "set.bad.word");
            type = Details.ANY_TYPE;
        }
        if (language != null && !Details.isLanguage(language)) {
            fields.bad("language", "details.language.bad");
            language = null;
        }
        if (related.retainAll(related.stream().filter(Alignment::isUrl).toList())) {
            fields.bad("related", "details.related.bad");
        }
        return new Details(
                type,
                tags,
                field,
                specialization,
                code,
                language,
                criteriaUrl,
                partner == null ? null : partner(partner),
                related,
                benefit,
                level,
                scores);
    }

    private static Details.@Nullable Partner partner(FileFields fields) {
        String name = fields.text("name", Details.LONGEST);
        String url = url(fields, "url");
        fields.end();
        if (name.isBlank() || url == null) {
            fields.bad("url", "details.partner.half");
            return null;
        }
        return new Details.Partner(name, url);
    }

    private static @Nullable String url(FileFields fields, String field) {
        String url = fields.optionalText(field, Alignment.LONGEST_URL);
        if (url != null && !Alignment.isUrl(url)) {
            fields.bad(field, "details.url.bad");
            return null;
        }
        return url;
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }

    private static void putTexts(ObjectNode node, String field, List<String> all) {
        if (!all.isEmpty()) {
            var list = node.putArray(field);
            all.forEach(list::add);
        }
    }
}
