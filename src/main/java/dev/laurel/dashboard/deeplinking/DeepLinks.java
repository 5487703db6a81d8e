package dev.laurel.dashboard.deeplinking;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.dashboard.Typed;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.launch.ContentItem;
import dev.laurel.launch.DeepLinkingRequest;
import dev.laurel.launch.Launch;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.wording.Wording;
import dev.laurel.publication.Passback;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.validation.Errors;

/** The links that an instructor can place in a course, and the columns that can come with them. */
@Component
public class DeepLinks {

    private static final int LONGEST_NAME = 200;

    private static final BigDecimal HIGHEST_MAXIMUM = BigDecimal.valueOf(100_000);

    private static final String TAG = "badge";

    private final RuleSets ruleSets;

    private final Achievements achievements;

    private final Gradebook gradebook;

    private final Passback passback;

    private final PublicUrl publicUrl;

    private final Wording wording;

    DeepLinks(
            RuleSets ruleSets,
            Achievements achievements,
            Gradebook gradebook,
            Passback passback,
            PublicUrl publicUrl,
            Wording wording) {
        this.ruleSets = ruleSets;
        this.achievements = achievements;
        this.gradebook = gradebook;
        this.passback = passback;
        this.publicUrl = publicUrl;
        this.wording = wording;
    }

    /** A badge of the course, by the id that a link carries. */
    public record Badge(RuleSet ruleSet, AchievementVersion version) {

        public String publicId() {
            return version.achievementPublicId().toString();
        }
    }

    List<Badge> badges(CourseContext course) {
        List<RuleSet> all = ruleSets.ofContext(course.tenant(), course.id());
        Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                course.tenant(), all.stream().map(RuleSet::badge).toList());
        List<Badge> badges = new ArrayList<>();
        for (RuleSet ruleSet : all) {
            AchievementVersion version = versions.get(ruleSet.badge());
            if (version != null) {
                badges.add(new Badge(ruleSet, version));
            }
        }
        return badges;
    }

    /** The badge that a link was made for, or the one that took its place where the course is a copy; where there is one. */
    public Optional<Badge> badge(CourseContext course, UUID publicId) {
        List<Badge> badges = badges(course);
        return badges.stream()
                .filter(badge -> badge.version().achievementPublicId().equals(publicId))
                .findFirst()
                .or(() -> {
                    Set<Long> copies = achievements.copiesOf(course.tenant(), publicId);
                    return badges.stream()
                            .filter(badge -> copies.contains(badge.version().achievementId()))
                            .findFirst();
                });
    }

    /** Whether a link can bring a column whose grades Laurel can read. */
    boolean mayGrade(CourseContext course, DeepLinkingRequest request) {
        return request.acceptsLineItems() && gradebook.canReadColumns(course.tenant(), course.id());
    }

    /** Whether a link can bring a column that Laurel can write. */
    boolean mayWrite(CourseContext course, DeepLinkingRequest request) {
        return request.acceptsLineItems() && passback.isPossible(course.tenant(), course.id());
    }

    /** What the choice means; what is wrong with it is said in {@code errors}. */
    List<ContentItem> items(CourseContext course, DeepLinkingRequest request, DeepLinkingForm form, Errors errors) {
        List<Badge> chosen = chosen(course, form);
        boolean page = form.has(DeepLinkingForm.COURSE);
        int count = chosen.size() + (page ? 1 : 0);
        if (count == 0) {
            reject(errors, "links", "deep-linking.links.none");
        } else if (count > 1 && !request.acceptsMultiple()) {
            reject(errors, "links", "deep-linking.links.one");
        }
        ContentItem.@Nullable LineItem graded = null;
        if (form.wanted() == DeepLinkingForm.Column.GRADED && mayGrade(course, request)) {
            if (count > 1) {
                reject(errors, "column", "deep-linking.column.one-link");
            }
            graded = graded(course, chosen, form, errors);
        }
        boolean written = form.wanted() == DeepLinkingForm.Column.WRITTEN && mayWrite(course, request);
        if (written && page) {
            reject(errors, "column", "deep-linking.column.badges-only");
        }
        List<ContentItem> items = new ArrayList<>();
        if (page) {
            String title = Objects.requireNonNullElse(request.title(), pageTitle(course));
            items.add(new ContentItem(title, wording.say("deep-linking.page.text"), null, Map.of(), graded));
        }
        for (Badge badge : chosen) {
            items.add(item(badge, written ? written(course, badge) : graded));
        }
        return items;
    }

    /** Turns scores on for the badges whose links bring a column for them. */
    void writeScores(CourseContext course, DeepLinkingForm form, long byPerson) {
        if (form.wanted() == DeepLinkingForm.Column.WRITTEN && passback.isPossible(course.tenant(), course.id())) {
            chosen(course, form).stream()
                    .filter(badge -> !hasColumn(course, badge))
                    .forEach(badge -> passback.enableWithLink(
                            course.tenant(), badge.ruleSet().id(), byPerson));
        }
    }

    private List<Badge> chosen(CourseContext course, DeepLinkingForm form) {
        return badges(course).stream()
                .filter(badge -> form.has(badge.publicId()))
                .toList();
    }

    private ContentItem item(Badge badge, ContentItem.@Nullable LineItem lineItem) {
        AchievementVersion version = badge.version();
        // A draft has no public picture.
        URI icon = version.activatedAt() == null
                ? null
                : URI.create(
                        publicUrl.at("/achievements/" + badge.publicId() + "/" + version.version() + "/image.png"));
        return new ContentItem(
                version.name(), version.description(), icon, Map.of(Launch.BADGE_ID, badge.publicId()), lineItem);
    }

    private ContentItem.@Nullable LineItem graded(
            CourseContext course, List<Badge> chosen, DeepLinkingForm form, Errors errors) {
        BigDecimal maximum = Typed.number(form.maximum());
        if (maximum == null || maximum.signum() <= 0 || maximum.compareTo(HIGHEST_MAXIMUM) > 0) {
            reject(errors, "maximum", "column.maximum.bad");
            maximum = BigDecimal.ONE;
        }
        String name = form.columnName().strip();
        if (name.length() > LONGEST_NAME) {
            reject(errors, "columnName", "column.name.long");
        }
        if (name.isEmpty()) {
            name = chosen.isEmpty()
                    ? pageTitle(course)
                    : chosen.get(0).version().name();
        }
        return new ContentItem.LineItem(name, maximum, "laurel-graded-" + UUID.randomUUID(), TAG);
    }

    /** One column per badge: where Laurel has one already the link brings none. */
    private ContentItem.@Nullable LineItem written(CourseContext course, Badge badge) {
        return hasColumn(course, badge)
                ? null
                : new ContentItem.LineItem(
                        badge.version().name(),
                        BigDecimal.ONE,
                        Passback.resourceId(badge.ruleSet().id()),
                        TAG);
    }

    private boolean hasColumn(CourseContext course, Badge badge) {
        return passback.isEnabled(course.tenant(), badge.ruleSet().id());
    }

    private String pageTitle(CourseContext course) {
        return wording.say("course.title", course.title());
    }

    private void reject(Errors errors, String field, String key) {
        errors.rejectValue(field, key, wording.say(key));
    }
}
