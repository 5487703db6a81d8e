package dev.laurel.dashboard.template;

import dev.laurel.achievement.AchievementDraft.Worth;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Validity;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a badge of a file is worth, for how long, and which skills it stands for. */
final class WorthFields {

    private WorthFields() {}

    static void write(ObjectNode badge, Worth worth) {
        if (worth.credits() != null) {
            badge.put("credits", worth.credits().stripTrailingZeros());
        }
        Validity validity = worth.validity();
        if (validity != null) {
            ObjectNode node = badge.putObject("validity");
            if (validity.lasts() != null) {
                node.put("lasts", validity.lasts().toString());
            } else {
                node.put("until", String.valueOf(validity.lastDay()));
            }
            node.put("renewalDays", validity.renewalDays());
        }
        if (!worth.alignments().isEmpty()) {
            var list = badge.putArray("alignments");
            for (Alignment alignment : worth.alignments()) {
                ObjectNode node = list.addObject();
                node.put("name", alignment.targetName());
                node.put("url", alignment.targetUrl());
                if (alignment.targetFramework() != null) {
                    node.put("framework", alignment.targetFramework());
                }
                if (alignment.targetCode() != null) {
                    node.put("code", alignment.targetCode());
                }
                if (alignment.targetType() != null) {
                    node.put("type", alignment.targetType());
                }
            }
        }
        DetailsFields.write(badge, worth.details());
    }

    static Worth read(FileFields badge) {
        BigDecimal credits = badge.optionalAmount("credits");
        FileFields valid = badge.optional("validity");
        List<Alignment> alignments = new ArrayList<>();
        for (FileFields fields : badge.list("alignments", Alignment.MOST)) {
            Alignment alignment = alignment(fields);
            if (alignment != null) {
                alignments.add(alignment);
            }
        }
        return new Worth(credits, valid == null ? null : validity(valid), alignments, DetailsFields.read(badge));
    }

    private static @Nullable Alignment alignment(FileFields fields) {
        String name = fields.text("name", Alignment.LONGEST_NAME);
        String url = fields.text("url", Alignment.LONGEST_URL);
        String framework = fields.optionalText("framework", Alignment.LONGEST_NAME);
        String code = fields.optionalText("code", Alignment.LONGEST_CODE);
        String type = fields.optionalText("type", Alignment.LONGEST_CODE);
        fields.end();
        if (type != null && !Alignment.isType(type)) {
            fields.bad("type", "set.bad.word");
            return null;
        }
        if (!Alignment.isUrl(url)) {
            fields.bad("url", "alignment.url.bad");
            return null;
        }
        return name.isBlank() ? null : new Alignment(name, url, code, framework, type);
    }

    private static @Nullable Validity validity(FileFields fields) {
        String lasts = fields.optionalText("lasts", 20);
        String until = fields.optionalText("until", 20);
        int renewal = fields.optionalWhole("renewalDays", Validity.MOST_RENEWAL_DAYS);
        fields.end();
        try {
            return new Validity(
                    lasts == null ? null : Period.parse(lasts), until == null ? null : LocalDate.parse(until), renewal);
        } catch (DateTimeException | IllegalArgumentException e) {
            fields.bad(lasts == null ? "until" : "lasts", "set.bad.validity");
            return null;
        }
    }
}
