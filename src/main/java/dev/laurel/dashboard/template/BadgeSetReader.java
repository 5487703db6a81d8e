package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.BadImageException;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.criteria.RuleTexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.dashboard.template.BadFileException.Problem;
import dev.laurel.gradebook.DescribedColumn;
import dev.laurel.gradebook.LineItem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a file of badges strictly: it is from anywhere, and whatever is not understood is refused with its place. */
@Component
class BadgeSetReader {

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(60)
                            .maxNumberLength(40)
                            .maxNameLength(100)
                            .maxStringLength(BadgeSet.MOST_BYTES)
                            .maxDocumentLength(BadgeSet.MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int LONGEST_TITLE = 500;

    private final RuleTexts texts;

    private final BadgeImages images;

    BadgeSetReader(RuleTexts texts, BadgeImages images) {
        this.texts = texts;
        this.images = images;
    }

    /** What somebody brings: its pictures are looked at too. */
    BadgeSet readBrought(byte[] file) throws BadFileException {
        BadgeSet set = read(file);
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < set.badges().size(); i++) {
            BadgeSet.Picture picture = set.badges().get(i).picture();
            if (picture != null) {
                try {
                    images.preview(picture.png());
                } catch (BadImageException e) {
                    problems.add(new Problem("/badges/" + i + "/picture/png", String.valueOf(e.getMessage())));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new BadFileException(problems);
        }
        return set;
    }

    /** What was looked at before. */
    BadgeSet read(byte[] file) throws BadFileException {
        List<Problem> problems = new ArrayList<>();
        FileFields root = new FileFields(tree(file), "", problems);
        if (!problems.isEmpty()) {
            throw whole("set.bad.file");
        }
        JsonNode version = root.get("laurelBadgeSet");
        if (version == null) {
            throw whole("set.bad.file");
        }
        if (!version.isInt() || version.intValue() != BadgeSet.VERSION) {
            throw new BadFileException(List.of(new Problem("/laurelBadgeSet", "set.bad.version", BadgeSet.VERSION)));
        }
        String from = root.optionalText("from", LONGEST_TITLE);
        root.optionalText("writtenAt", 40);
        Set<Long> numbers = new HashSet<>();
        List<DescribedColumn> columns = root.list("columns", BadgeSet.MOST_COLUMNS).stream()
                .map(fields -> column(fields, numbers))
                .toList();
        Set<Long> badgeNumbers = new HashSet<>();
        Set<UUID> ids = new HashSet<>();
        List<BadgeSet.Other> others = new ArrayList<>();
        for (FileFields fields : root.list("otherBadges", BadgeSet.MOST_BADGES)) {
            long number = unique(fields, "badge", badgeNumbers);
            UUID id = fields.id("id");
            String name = fields.text("name", LONGEST_TITLE);
            fields.end();
            if (id != null) {
                others.add(new BadgeSet.Other(number, id, name));
            }
        }
        List<BadgeSet.Badge> badges = new ArrayList<>();
        List<FileFields> all = root.list("badges", BadgeSet.MOST_BADGES);
        for (FileFields fields : all) {
            BadgeSet.Badge badge = badge(fields, badgeNumbers, ids);
            if (badge != null) {
                badges.add(badge);
            }
        }
        root.end();
        if (all.isEmpty() && problems.isEmpty()) {
            root.bad("badges", "set.bad.empty");
        }
        checkNames(badges, numbers, badgeNumbers, problems);
        if (!problems.isEmpty()) {
            throw new BadFileException(problems);
        }
        return new BadgeSet(from == null ? "" : from, columns, others, badges);
    }

    private static JsonNode tree(byte[] file) throws BadFileException {
        if (file.length == 0) {
            throw whole("set.bad.nothing");
        }
        if (file.length > BadgeSet.MOST_BYTES) {
            throw whole("set.bad.large");
        }
        boolean packed =
                file.length > 1 && ((file[0] == 'P' && file[1] == 'K') || (file[0] == 0x1f && file[1] == (byte) 0x8b));
        if (packed) {
            throw whole("set.bad.packed");
        }
        try {
            return JSON.readTree(file);
        } catch (StreamConstraintsException e) {
            throw whole("set.bad.deep");
        } catch (JacksonException e) {
            throw whole("set.bad.file");
        }
    }

    private static BadFileException whole(String key) {
        return new BadFileException(List.of(new Problem("", key)));
    }

    private static long unique(FileFields fields, String field, Set<Long> numbers) {
        long number = fields.number(field);
        if (number > 0 && !numbers.add(number)) {
            fields.bad(field, "set.bad.twice");
        }
        return number;
    }

    private static DescribedColumn column(FileFields fields, Set<Long> numbers) {
        long number = unique(fields, "column", numbers);
        String title = fields.optionalText("title", LONGEST_TITLE);
        LineItem.Kind kind = fields.constant("kind", LineItem.Kind.class);
        DescribedColumn column = new DescribedColumn(
                number,
                title == null ? "" : title,
                kind == null ? LineItem.Kind.SCORE : kind,
                fields.optionalText("group", LONGEST_TITLE),
                fields.optionalAmount("maximum"),
                fields.optionalText("badgeId", LONGEST_TITLE),
                fields.optionalText("resourceId", 1000),
                fields.optionalText("tag", 1000));
        fields.end();
        return column;
    }

    private BadgeSet.@Nullable Badge badge(FileFields fields, Set<Long> numbers, Set<UUID> ids) {
        long number = unique(fields, "badge", numbers);
        UUID id = fields.id("id");
        if (id != null && !ids.add(id)) {
            fields.bad("id", "set.bad.twice");
        }
        String name = fields.text("name", 200);
        String description = fields.optionalText("description", 2000);
        String criteria = fields.optionalText("criteria", 4000);
        String colour = fields.text("colour", 7);
        if (!colour.isEmpty() && !colour.matches("#[0-9a-fA-F]{6}")) {
            fields.bad("colour", "set.bad.colour");
        }
        Worth worth = WorthFields.read(fields);
        FileFields pictured = fields.optional("picture");
        BadgeSet.Picture picture = pictured == null ? null : picture(pictured);
        Rule rule = rule(fields);
        FileFields awarded = fields.optional("award");
        BadgeSet.Award award = awarded == null ? null : award(awarded);
        fields.end();
        return id == null || rule == null
                ? null
                : new BadgeSet.Badge(
                        number,
                        id,
                        name,
                        description == null ? "" : description,
                        criteria,
                        colour,
                        worth,
                        picture,
                        rule,
                        award);
    }

    private @Nullable Rule rule(FileFields fields) {
        JsonNode rule = fields.get("rule");
        if (rule == null) {
            fields.bad("rule", "set.bad.rule");
            return null;
        }
        try {
            return texts.parse(rule.toString());
        } catch (BadRuleException e) {
            fields.bad("rule" + e.place(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static BadgeSet.@Nullable Picture picture(FileFields fields) {
        JsonNode png = fields.get("png");
        String alt = fields.optionalText("alt", 500);
        fields.end();
        try {
            if (png != null && png.isString()) {
                return new BadgeSet.Picture(Base64.getDecoder().decode(png.stringValue()), alt == null ? "" : alt);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as of whatever else is no picture.
        }
        fields.bad("png", "image.bad.not-a-picture");
        return null;
    }

    private static BadgeSet.@Nullable Award award(FileFields fields) {
        boolean review = fields.flag("review");
        AwardPolicy.Releases releases = fields.constant("releases", AwardPolicy.Releases.class);
        Duration settling = duration(fields, "settling");
        AwardPolicy.OnFall onFall = fields.constant("onFall", AwardPolicy.OnFall.class);
        Duration grace = duration(fields, "grace");
        long share = fields.number("brakeShare");
        if (share > 100) {
            fields.bad("brakeShare", "set.bad.number");
        }
        String date = fields.optionalText("releaseOn", 40);
        Instant releaseOn = null;
        if (date != null || releases == AwardPolicy.Releases.DATE) {
            try {
                releaseOn = Instant.parse(date == null ? "" : date.toUpperCase(Locale.ROOT));
            } catch (DateTimeException e) {
                fields.bad("releaseOn", "set.bad.date");
            }
        }
        fields.end();
        return releases == null || onFall == null || share < 1 || share > 100
                ? null
                : new BadgeSet.Award(review, releases, settling, releaseOn, onFall, grace, (int) share);
    }

    private static Duration duration(FileFields fields, String field) {
        String typed = fields.optionalText(field, 40);
        try {
            Duration duration = Duration.parse(typed == null ? "" : typed);
            if (!duration.isNegative() && duration.compareTo(AwardPolicy.LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        fields.bad(field, "set.bad.duration");
        return Duration.ZERO;
    }

    /** Rules may name only what the file describes. */
    private static void checkNames(
            List<BadgeSet.Badge> badges, Set<Long> columns, Set<Long> numbers, List<Problem> problems) {
        for (int i = 0; i < badges.size(); i++) {
            Rule rule = badges.get(i).rule();
            for (long column : rule.lineItemIds()) {
                if (!columns.contains(column)) {
                    problems.add(new Problem("/badges/" + i + "/rule", "set.bad.column", column));
                }
            }
            for (long badge : rule.badgeIds()) {
                if (!numbers.contains(badge)) {
                    problems.add(new Problem("/badges/" + i + "/rule", "set.bad.badge", badge));
                }
            }
        }
    }
}
