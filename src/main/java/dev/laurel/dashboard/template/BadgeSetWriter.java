package dev.laurel.dashboard.template;

import dev.laurel.criteria.RuleTexts;
import dev.laurel.gradebook.DescribedColumn;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes badges into a file; the counterpart of {@link BadgeSetReader}. */
@Component
class BadgeSetWriter {

    private final RuleTexts texts;

    private final JsonMapper json;

    BadgeSetWriter(RuleTexts texts, JsonMapper json) {
        this.texts = texts;
        this.json = json;
    }

    byte[] write(BadgeSet set, Instant now) {
        ObjectNode root = json.createObjectNode();
        root.put("laurelBadgeSet", BadgeSet.VERSION);
        root.put("from", set.from());
        root.put("writtenAt", now.toString());
        var columns = root.putArray("columns");
        set.columns().forEach(column -> columns.add(column(column)));
        var others = root.putArray("otherBadges");
        set.others()
                .forEach(other -> others.addObject()
                        .put("badge", other.number())
                        .put("id", other.id().toString())
                        .put("name", other.name()));
        var badges = root.putArray("badges");
        set.badges().forEach(badge -> badges.add(badge(badge)));
        return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
    }

    private ObjectNode column(DescribedColumn column) {
        ObjectNode node = json.createObjectNode();
        node.put("column", column.number());
        node.put("title", column.title());
        node.put("kind", column.kind().name().toLowerCase(Locale.ROOT));
        put(node, "group", column.group());
        if (column.maximum() != null) {
            node.put("maximum", column.maximum().stripTrailingZeros());
        }
        put(node, "badgeId", column.badgeId());
        put(node, "resourceId", column.resourceId());
        put(node, "tag", column.tag());
        return node;
    }

    private ObjectNode badge(BadgeSet.Badge badge) {
        ObjectNode node = json.createObjectNode();
        node.put("badge", badge.number());
        node.put("id", badge.id().toString());
        node.put("name", badge.name());
        node.put("description", badge.description());
        put(node, "criteria", badge.criteria());
        node.put("colour", badge.colour());
        WorthFields.write(node, badge.worth());
        BadgeSet.Picture picture = badge.picture();
        if (picture != null) {
            node.putObject("picture")
                    .put("png", Base64.getEncoder().encodeToString(picture.png()))
                    .put("alt", picture.altText());
        }
        node.set("rule", json.readTree(texts.json(badge.rule())));
        BadgeSet.Award award = badge.award();
        if (award != null) {
            ObjectNode policy = node.putObject("award");
            policy.put("review", award.review());
            policy.put("releases", award.releases().name().toLowerCase(Locale.ROOT));
            policy.put("settling", award.settling().toString());
            put(
                    policy,
                    "releaseOn",
                    award.releaseOn() == null ? null : award.releaseOn().toString());
            policy.put("onFall", award.onFall().name().toLowerCase(Locale.ROOT));
            policy.put("grace", award.grace().toString());
            policy.put("brakeShare", award.brakeShare());
        }
        return node;
    }

    private static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }
}
