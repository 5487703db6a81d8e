package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** What somebody has after many years is still checked. */
@LaurelTest
@Import(TestAwards.class)
class LargeLearnerRecordIntegrationTests {

    private static final int BADGES = 150;

    @Autowired
    TestAwards testAwards;

    @Autowired
    Credentials credentials;

    @Autowired
    LearnerRecords records;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    SurvivalKits kits;

    @Test
    void aRecordOfAHundredAndFiftyBadgesVerifiesAlsoWithoutLaurel() throws Exception {
        String criteria = "Wrote an essay, and another one. ".repeat(130);
        Course first = testAwards.course(TestAwards.draft("Essayist"));
        long teacher = testAwards.person(first, "teacher");
        long ada = testAwards.person(first, "ada");
        List<Long> hers = new ArrayList<>();
        for (int i = 0; i < BADGES; i++) {
            Course made = testAwards.courseAt(
                    first.tenant(),
                    first.contextId(),
                    new AchievementDraft("Essayist " + i, "Can write essays.", criteria, "#2f6f4e", null),
                    teacher);
            Award award = testAwards.decide(
                    new Course(first.tenant(), first.contextId(), 1_000 + i, made.issuer(), made.badge()), ada);
            hers.add(award.id());
        }
        await().atMost(Duration.ofMinutes(2))
                .until(() -> credentials.find(first.tenant(), hers).size() == BADGES);

        byte[] record = records.sign(first.tenant(), ada).orElseThrow();
        BadgeReport report = verifier.verify(record);

        assertThat(record.length).as("more than a badge may have").isGreaterThan(1 << 20);
        assertThat(report.verdict()).as("%s", report.checks()).isEqualTo(Verdict.VALID);
        assertThat(filesOfAKitWith(record))
                .as("the keys of whoever signed the record, who gave no badge in this kit")
                .contains("issuers/" + first.issuer().publicId() + "/did.json");
    }

    private List<String> filesOfAKitWith(byte[] record) throws IOException {
        ByteArrayOutputStream kit = new ByteArrayOutputStream();
        kits.write(List.of(), record, Locale.ENGLISH, kit);
        List<String> files = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(kit.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.add(entry.getName());
            }
        }
        return files;
    }
}
