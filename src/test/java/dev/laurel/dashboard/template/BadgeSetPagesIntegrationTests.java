package dev.laurel.dashboard.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Validity;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.context.CourseContext;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.HeldBadge;
import dev.laurel.criteria.rule.InGroup;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.dashboard.copy.CopyStage;
import dev.laurel.gradebook.LineItem;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import lms.Browser;
import lms.Course;
import lms.Mode;
import lms.Page;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A department's badges are saved as one file and brought to another institution, through the pages. */
@Tag("once")
@LaurelTest
class BadgeSetPagesIntegrationTests {

    @Autowired
    ApplicationContext app;

    @Autowired
    Achievements achievements;

    @Autowired
    Issuers issuers;

    @Autowired
    BadgeImages images;

    @Autowired
    RuleSets ruleSets;

    @Autowired
    AwardPolicies policies;

    private CopyStage here;

    private CopyStage there;

    @BeforeEach
    void twoInstitutions() {
        here = new CopyStage(app, Mode.GENERIC, false);
        there = new CopyStage(app, Mode.CANVAS, false);
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
    }

    @Test
    void aSetOfBadgesIsTheSameInAnotherInstitutionAndIsNeverMadeTwice() {
        Course source = sourceOfThree();
        Browser teacher = here.launched(source, source.teacher());
        byte[] file = saved(teacher, here);

        Course target = there.course();
        Browser colleague = there.opened(target);
        there.addGradedColumn(target, "Lab report");
        Page preview = bring(colleague, there, file);
        assertThat(preview.text())
                .contains("Badges of “" + source.title() + "”", "Essayist", "All-rounder", "Master", "same title")
                .contains("Score at least 80 % in Essay 1", "Written with care.")
                .doesNotContain("not found: choose one", "<select");
        assertThat(there.badges(target))
                .as("nothing is made before it is confirmed")
                .isEmpty();

        Page done = take(colleague, preview, "1,2,3", Map.of());
        assertThat(done.uri().getPath()).isEqualTo("/course");
        assertThat(done.text()).contains("3 badges are here as drafts.");

        Map<String, RuleSet> drafts = byName(there, target);
        assertThat(drafts.values()).extracting(RuleSet::status).containsOnly(RuleSet.Status.DRAFT);
        LineItem essay = there.column(target, "Essay 1");
        LineItem lab = there.column(target, "Lab report");
        assertThat(drafts.get("All-rounder").rule()).isEqualTo(new Rule.AllOf(List.of(score(essay), score(lab))));
        assertThat(drafts.get("Master").rule())
                .isEqualTo(new Rule.AllOf(
                        List.of(new HeldBadge(drafts.get("Essayist").achievementId()), score(lab))));
        AchievementVersion theirs = version(here, byName(here, source).get("Essayist"));
        AchievementVersion ours = version(there, drafts.get("Essayist"));
        assertThat(ours.criteria()).isEqualTo("Written with care.");
        assertThat(ours.credits()).isEqualByComparingTo("2.5");
        assertThat(ours.validity()).isEqualTo(Validity.months(24, 60));
        assertThat(ours.details()).isNotEqualTo(Details.NOTHING).isEqualTo(theirs.details());
        assertThat(ours.alignments()).isNotEmpty().isEqualTo(theirs.alignments());
        assertThat(ours.description()).isEqualTo(theirs.description());
        assertThat(ours.colour()).isEqualTo(theirs.colour());
        assertThat(images.find(there.tenant(), ours.imageId()).orElseThrow().png())
                .isEqualTo(images.find(here.tenant(), theirs.imageId())
                        .orElseThrow()
                        .png());
        assertThat(policies.of(there.tenant(), drafts.get("Essayist").id()))
                .isEqualTo(policies.of(
                        here.tenant(), byName(here, source).get("Essayist").id()));
        assertThat(policies.history(there.tenant(), drafts.get("Master").id()))
                .as("what nobody chose is as is usual there")
                .isEmpty();

        assertThat(bring(colleague, there, file).text()).contains("All 3 badges of this file are here already.");
        take(colleague, preview, "1,2,3", Map.of());
        assertThat(there.badges(target)).as("confirmed twice").hasSize(3);

        byte[] back = saved(colleague, there);
        assertThat(bring(teacher, here, back).text()).contains("All 3 badges of this file are here already.");
    }

    @Test
    void whatIsNotThereIsAskedForAndTheRestIsMade() {
        Course source = sourceOfThree();
        byte[] file = saved(here.launched(source, source.teacher()), here);
        Course target = there.course();
        Browser colleague = there.opened(target);

        Page preview = bring(colleague, there, file);
        assertThat(preview.text()).contains("Lab report", "not found: choose one");
        Page left = take(colleague, preview, "1,2,3", Map.of());
        assertThat(left.text())
                .contains("One badge is here as a draft.", "2 badges need you", "Choose a column for each part");
        assertThat(byName(there, target)).containsOnlyKeys("Essayist");

        LineItem work = there.addGradedColumn(target, "Work in the lab");
        Page again = colleague.open(there.at("/course/badge-set/brought"));
        assertThat(again.text()).contains("One badge of the file is here already");
        Page done = take(colleague, again, "2,3", Map.of("column.2", Long.toString(work.id())));
        assertThat(done.text()).contains("2 badges are here as drafts.");
        assertThat(byName(there, target)).containsOnlyKeys("Essayist", "All-rounder", "Master");
        assertThat(byName(there, target).get("Master").rule().lineItemIds()).containsExactly(work.id());
    }

    @Test
    void aBadgeThatAsksForOneThatIsLeftOutSaysSo() {
        Course source = sourceOfThree();
        byte[] file = saved(here.launched(source, source.teacher()), here);
        Course target = there.course();
        Browser colleague = there.opened(target);
        there.addGradedColumn(target, "Lab report");

        Page left = take(colleague, bring(colleague, there, file), "3", Map.of());
        assertThat(left.text())
                .contains("This badge asks for another one. Take that over too, or choose one: Essayist");
        assertThat(there.badges(target)).isEmpty();
        Page forgotten = colleague.submit(left, left.formTo("/removal"), Map.of());
        assertThat(forgotten.text()).contains("the file is forgotten").doesNotContain("waits for your decision");
    }

    @Test
    void badgesThatAskForEachOtherAreRefusedWithWhatToDo() {
        Course target = there.course();
        Browser colleague = there.opened(target);
        String two = asking(1, "Reader", 2) + "," + asking(2, "Writer", 1);

        Page left =
                take(colleague, bring(colleague, there, set(two).getBytes(StandardCharsets.UTF_8)), "1,2", Map.of());

        assertThat(left.text())
                .contains("This badge and Writer ask for each other", "This badge and Reader ask for each other")
                .doesNotContain("Take that over too");
        assertThat(there.badges(target)).isEmpty();
    }

    private static String asking(int number, String name, int other) {
        return one(number)
                .replace("1e2b77", "1e2b7" + number)
                .replace("Essayist", name)
                .replace(rule(1), "{\"v\":2,\"rule\":{\"type\":\"badge\",\"badge\":" + other + "}}");
    }

    @Test
    void aDayOfAnotherTermIsNotTakenOver() {
        Course source = here.course();
        here.opened(source);
        RuleSet badge = here.draft(source, "Essayist", here.column(source, "Essay 1"));
        AwardPolicy past = policies.of(here.tenant(), badge.id()).releasedOn(Instant.parse("2020-01-31T12:00:00Z"));
        policies.put(here.tenant(), badge.id(), past, 1);
        byte[] file = saved(here.launched(source, source.teacher()), here);

        Course target = there.course();
        Browser colleague = there.opened(target);
        Page preview = bring(colleague, there, file);
        assertThat(preview.text()).contains("The day on which it was told is past");
        take(colleague, preview, "1", Map.of());
        assertThat(policies.of(there.tenant(), there.badges(target).get(0).id()).releases())
                .isEqualTo(AwardPolicy.Releases.INSTRUCTOR);
    }

    static Stream<Arguments> hostile() {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                hostile("nothing", "", "Choose a file first."),
                hostile("no JSON", "Dear colleague", "This is not a file of badges that Laurel saved."),
                hostile("other JSON", "{\"a\": 1}", "This is not a file of badges that Laurel saved."),
                hostile("deep", "{\"laurelBadgeSet\": 1, \"badges\": " + deep + "}", "nested too deeply"),
                hostile(
                        "of the future",
                        set("").replace("Set\":1", "Set\":9"),
                        "/laurelBadgeSet: This file is of a version"),
                hostile("no version", set("").replace("Set\":1", "Set\":\"1\""), "This file is of a version"),
                hostile(
                        "no badges",
                        "{\"laurelBadgeSet\":1,\"badges\":[]}",
                        "/badges: There are no badges in this file."),
                hostile(
                        "a formula",
                        badge("name", "\"=cmd|' /C calc'!A0\""),
                        "/badges/0/name: This text begins like a formula"),
                hostile(
                        "a script",
                        badge("picture", "{\"png\":\"" + Base64.getEncoder().encodeToString(svg) + "\"}"),
                        "/badges/0/picture/png: This file is not a picture that we can use."),
                hostile(
                        "no picture",
                        badge("picture", "{\"png\":\"####\"}"),
                        "/badges/0/picture/png: This file is not a picture"),
                hostile("a colour that is none", badge("colour", "\"url(x)\""), "/badges/0/colour: A colour such as"),
                hostile("an unknown field", badge("hidden", "1"), "/badges/0/hidden: This is not known here."),
                hostile("hidden characters", badge("name", "\"a\\u202Eb\""), "/badges/0/name: There are invisible"),
                hostile(
                        "a number that fills the memory",
                        badge("credits", "1e999999999"),
                        "/badges/0/credits: A number above 0"),
                hostile(
                        "a time that is two",
                        badge("validity", "{\"lasts\":\"P1M\",\"until\":\"2027-01-01\"}"),
                        "/badges/0/validity/lasts: A number of months"),
                hostile(
                        "a time without end",
                        badge("validity", "{\"lasts\":\"P999999999M\"}"),
                        "/badges/0/validity/lasts: A number of months"),
                hostile(
                        "a skill that runs",
                        badge("alignments", "[{\"name\":\"CT\",\"url\":\"javascript:alert(1)\"}]"),
                        "/badges/0/alignments/0/url: Give the whole web address"),
                hostile(
                        "a column that is not described",
                        badge("rule", rule(7)),
                        "/badges/0/rule: This rule looks at column 7"),
                hostile(
                        "a rule that is none",
                        badge("rule", "{\"v\":2,\"rule\":{\"type\":\"wish\"}}"),
                        "/badges/0/rule/rule/type:"),
                hostile(
                        "a share beyond all",
                        badge(
                                "award",
                                "{\"review\":true,\"releases\":\"posted\",\"settling\":\"PT1M\",\"onFall\":\"keep\",\"grace\":\"P400D\",\"brakeShare\":500}"),
                        "/badges/0/award/brakeShare: A whole number"),
                hostile("twice the same", set(one(1) + "," + one(1)), "/badges/1/badge: The same stands here twice."),
                hostile(
                        "too many",
                        set(String.join(",", java.util.Collections.nCopies(101, "{}"))),
                        "/badges: There are more than 100 here."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileFileIsRefusedInPlainWordsAndMakesNothing(String what, String file, String words) {
        Browser teacher = here.opened(here.course());
        Page refused = bring(teacher, here, file.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.uri().getPath()).isEqualTo("/course/badge-set");
        assertThat(refused.text()).contains(words);
        assertThat(here.badges(here.course())).isEmpty();
        assertThat(teacher.open(here.at("/course/badge-set/brought")).uri().getPath())
                .as("nothing is kept of it")
                .isEqualTo("/course/badge-set");
    }

    @Test
    void aFileThatIsPackedOrTooLargeIsNotEvenOpened() throws IOException {
        Browser teacher = here.opened(here.course());
        assertThat(bring(teacher, here, packed()).text()).contains("This is a packed file.");
        assertThat(bring(teacher, here, "PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1))
                        .text())
                .contains("This is a packed file.");
        Page form = teacher.open(here.at("/course/badge-set"));
        Page refused = teacher.submit(form, form.formTo("/course/badge-set"), "file", "a.json", new byte[22 << 20]);
        assertThat(refused.status()).isEqualTo(413);
    }

    @Test
    void onlyAnInstructorSavesOrBringsBadges() {
        Course source = sourceOfThree();
        Browser student = here.launched(source, source.student(0));
        for (String path : List.of("/course/badge-set", "/course/badge-set/file", "/course/badge-set/brought")) {
            assertThat(student.open(here.at(path)).status()).as(path).isEqualTo(404);
        }
    }

    private static Arguments hostile(String what, String file, String words) {
        return Arguments.of(what, file, words);
    }

    private static String set(String badges) {
        return "{\"laurelBadgeSet\":1,\"columns\":[{\"column\":1,\"title\":\"Essay 1\",\"kind\":\"score\"}],\"badges\":["
                + badges + "]}";
    }

    private static String rule(int column) {
        return "{\"v\":2,\"rule\":{\"type\":\"score\",\"lineItem\":" + column
                + ",\"atLeast\":80,\"unit\":\"percent\"}}";
    }

    private static String one(int number) {
        return "{\"badge\":" + number + ",\"id\":\"3f0b1c9e-8d5a-4c1f-9a55-0d3f6a1e2b77\",\"name\":\"Essayist\","
                + "\"colour\":\"#1f4e79\",\"rule\":" + rule(1) + "}";
    }

    /** A sound file but for one field of its badge. */
    private static String badge(String field, String value) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "badge", "1",
                "id", "\"3f0b1c9e-8d5a-4c1f-9a55-0d3f6a1e2b77\"",
                "name", "\"Essayist\"",
                "colour", "\"#1f4e79\"",
                "rule", rule(1)));
        fields.put(field, value);
        return set("{"
                + String.join(
                        ",",
                        fields.entrySet().stream()
                                .map(each -> "\"" + each.getKey() + "\":" + each.getValue())
                                .toList())
                + "}");
    }

    private static byte[] packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(new byte[20 << 20]);
        }
        return out.toByteArray();
    }

    @Test
    void whoeverBringsABadgeForASectionSaysForWhichItIsHere() {
        Course source = here.course();
        Browser teacher = here.opened(source);
        here.inSections(source, Map.of("21", "Morning"));
        RuleSet badge = here.draft(source, "For mornings", here.column(source, "Essay 1"));
        Rule score = badge.rule();
        ruleSets.edit(here.tenant(), badge.id(), 1, new Rule.AllOf(List.of(new InGroup(List.of("21")), score)), 1);
        byte[] file = saved(teacher, here);
        Course target = there.course();
        Browser colleague = there.opened(target);
        there.inSections(target, Map.of("31", "Tuesday"));

        Page preview = bring(colleague, there, file);
        assertThat(preview.text())
                .contains("section or group 21 there: who is it for here?", "Tuesday (31): one student");
        take(colleague, preview, "1", Map.of("section.21", "31"));

        assertThat(there.badges(target).get(0).rule())
                .isEqualTo(new Rule.AllOf(List.of(new InGroup(List.of("31")), score(there.column(target, "Essay 1")))));
    }

    @Test
    void aSectionOfAFileIsAskedForAlsoWhereOneHereHappensToHaveItsNumber() {
        Course source = here.course();
        Browser teacher = here.opened(source);
        here.inSections(source, Map.of("21", "Morning"));
        Rule score = here.draft(source, "For mornings", here.column(source, "Essay 1"))
                .rule();
        Rule mornings = new Rule.AllOf(List.of(new InGroup(List.of("21")), score));
        RuleSet first = here.badges(source).get(0);
        ruleSets.edit(here.tenant(), first.id(), 1, mornings, 1);
        // This one asks for nothing else, so it cannot be for everyone.
        RuleSet second = here.draft(source, "Only mornings", here.column(source, "Essay 1"));
        ruleSets.edit(here.tenant(), second.id(), 1, new InGroup(List.of("21")), 1);
        byte[] file = saved(teacher, here);
        Course target = there.course();
        Browser colleague = there.opened(target);
        there.inSections(target, Map.of("21", "Tuesday"));

        Page preview = bring(colleague, there, file);
        assertThat(preview.text())
                .contains(
                        "section or group 21 there: who is it for here?",
                        "This course has a section or group with the same")
                .doesNotContain("Everyone in this course");
        Page left = take(colleague, preview, "1,2", Map.of());
        assertThat(left.text()).contains("Choose which one it is for here.");
        assertThat(there.badges(target)).isEmpty();

        take(colleague, left, "1,2", Map.of("section.21", "21"));
        assertThat(there.badges(target)).extracting(RuleSet::rule).contains(new InGroup(List.of("21")));
    }

    /** Three badges: one with a picture, words and a policy of its own; one over two columns; one that asks for the first. */
    private Course sourceOfThree() {
        Course source = here.course();
        here.opened(source);
        LineItem essay = here.column(source, "Essay 1");
        LineItem lab = here.addGradedColumn(source, "Lab report");
        CourseContext context = here.context(source);
        long picture = images.upload(here.tenant(), context.id(), picture(), "A quill");
        AchievementVersion essayist = achievements.create(
                here.tenant(),
                issuers.of(here.tenant(), context.id(), context.title()).id(),
                new AchievementDraft(
                        "Essayist",
                        "Writes essays.",
                        "Written with care.",
                        "#1f4e79",
                        picture,
                        new AchievementDraft.Worth(
                                new BigDecimal("2.5"),
                                Validity.months(24, 60),
                                List.of(new Alignment(
                                        "Critical thinking", "https://frameworks.example/ct", "CT", null, "CFItem")),
                                new Details(
                                        "MicroCredential",
                                        List.of("writing", "essays"),
                                        "Rhetoric",
                                        "Argument",
                                        "WR-101",
                                        "pt-BR",
                                        "https://school.example/criteria",
                                        new Details.Partner("Guild", "https://guild.example"),
                                        List.of("https://elsewhere.example/badges/8"),
                                        "Counts as a 3-credit elective",
                                        "EQF level 5",
                                        true))),
                1);
        RuleSet first = ruleSets.create(here.tenant(), context.id(), essayist.achievementId(), 1, score(essay), 1);
        UnaryOperator<AwardPolicy> own = policy -> policy.withReview(true)
                .onFall(AwardPolicy.OnFall.SUSPEND, Duration.ofDays(3))
                .withBrakeShare(40);
        policies.put(here.tenant(), first.id(), own.apply(policies.of(here.tenant(), first.id())), 1);
        here.activeBadge(source, "All-rounder", essay, lab);
        RuleSet master = here.draft(source, "Master", lab);
        ruleSets.edit(
                here.tenant(),
                master.id(),
                1,
                new Rule.AllOf(List.of(new HeldBadge(essayist.achievementId()), score(lab))),
                1);
        return source;
    }

    private static Score score(LineItem item) {
        return Score.atLeast(item.id(), BigDecimal.valueOf(80), Rule.Unit.PERCENT);
    }

    private static byte[] picture() {
        BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_RGB);
        image.createGraphics().setColor(Color.ORANGE);
        image.setRGB(20, 30, 0xff8800);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static byte[] saved(Browser teacher, CopyStage stage) {
        Page page = teacher.open(stage.at("/course/badge-set"));
        Page file = teacher.open(page.uri().resolve(page.formTo("/file").action()));
        assertThat(file.status()).isEqualTo(200);
        assertThat(file.header("Content-Disposition").orElseThrow())
                .startsWith("attachment;")
                .contains(".json");
        return file.body();
    }

    private static Page bring(Browser teacher, CopyStage stage, byte[] file) {
        Page form = teacher.open(stage.at("/course/badge-set"));
        return teacher.submit(form, form.formTo("/course/badge-set"), "file", "badges.json", file);
    }

    private static Page take(Browser teacher, Page preview, String numbers, Map<String, String> more) {
        Map<String, String> typed = new HashMap<>(more);
        typed.put("take", numbers);
        Page.Form form = preview.forms().stream()
                .filter(each -> each.action().equals("/course/badge-set/brought"))
                .findFirst()
                .orElseThrow();
        return teacher.submit(preview, form, typed);
    }

    private AchievementVersion version(CopyStage stage, RuleSet ruleSet) {
        return achievements
                .version(stage.tenant(), ruleSet.achievementId(), ruleSet.achievementVersion())
                .orElseThrow();
    }

    private Map<String, RuleSet> byName(CopyStage stage, Course course) {
        Map<String, RuleSet> byName = new HashMap<>();
        stage.badges(course)
                .forEach(ruleSet -> byName.put(version(stage, ruleSet).name(), ruleSet));
        return byName;
    }
}
