package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Reason;
import dev.laurel.credential.check.ServedStatically;
import dev.laurel.credential.endorsement.IssuedEndorsement;
import dev.laurel.credential.endorsement.IssuedEndorsements;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Backpacks;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lms.Browser;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What counts because it stands at its address: it stands in the tree that is served there when the institution has left. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class HostedBadgesLeaveIntegrationTests {

    @Autowired
    TestAwards testAwards;

    @Autowired
    TestArchives archived;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Awards awards;

    @Autowired
    Backpacks backpacks;

    @Autowired
    IssuedEndorsements issued;

    @Autowired
    Issuers issuers;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Test
    void badgesInBackpacksStayWhatTheyAreWhereTheTreeIsServed() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        testAwards.reachable(course.tenant(), "badges@college.example");
        List<Award> all = archived.signed(course, "ada", "bo", "cy");
        for (Award award : all) {
            awards.claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
            backpacks.put(course.tenant(), award.id(), award.personId(), "ada@example.org");
        }
        arrives(archived.archive(course.tenant()));
        byte[] inABackpack =
                new Browser().open(URI.create(address(course, all.get(1)))).body();
        set(course, all.get(1), "revoked_at");
        set(course, all.get(2), "suspended_at");

        byte[] archive = archived.archive(course.tenant());

        BadgeVerifier stranger = ServedStatically.verifier(publicUrl.at(""), site(archive), clock);
        BadgeReport standing = verify(stranger, address(course, all.get(0)));
        assertThat(standing.verdict()).as("%s", standing.checks()).isEqualTo(Verdict.VALID);
        assertThat(standing.says()).isNotNull();
        assertThat(standing.says().name()).isEqualTo("Essayist");
        assertThat(standing.says().identities()).singleElement().matches(each -> each.isOf("ada@example.org"));
        BadgeReport revoked = stranger.verify(inABackpack);
        assertThat(revoked.verdict()).isEqualTo(Verdict.INVALID);
        assertThat(revoked.check(Check.Name.STATUS).orElseThrow().reason()).isEqualTo(Reason.REVOKED);
        assertThat(verify(stranger, address(course, all.get(2))).verdict()).isEqualTo(Verdict.UNCERTAIN);
    }

    @Test
    void whatTheInstitutionSaidOfOthersStandsThereUnlessItWasTakenBack() throws Exception {
        Course course = testAwards.course(TestAwards.draft("Essayist"));
        archived.signed(course, "ada");
        long college =
                issuers.createForInstitution(course.tenant(), "College", 1).id();
        UUID ended = issued.issue(course.tenant(), college, "https://elsewhere.example/1", "Welder", "Good.", 1);
        IssuedEndorsement listed = issued.all(course.tenant()).get(0);
        issued.end(course.tenant(), listed.id(), 1);
        UUID stands = issued.issue(course.tenant(), college, "https://elsewhere.example/2", "Turner", "Good.", 1);

        byte[] archive = archived.archive(course.tenant());

        assertThat(new String(site(archive).get("endorsements/" + stands), StandardCharsets.UTF_8))
                .contains("https://elsewhere.example/2");
        assertThat(site(archive)).doesNotContainKey("endorsements/" + ended);
        arrives(archive);
    }

    private void arrives(byte[] archive) throws Exception {
        TenantId elsewhere = TestArchives.tenant();
        TestArchives.bring(imports, elsewhere, new ByteArrayResource(archive), TestArchives.PASSPHRASE);
        ArchiveArrival arrival = await().atMost(Duration.ofMinutes(1))
                .until(() -> imports.latest(elsewhere).orElseThrow(), each -> !each.isUnderWay());
        assertThat(arrival.state()).isEqualTo(ArchiveArrival.State.DONE);
    }

    private String address(Course course, Award award) {
        return backpacks.url(course.tenant(), award.id()).orElseThrow();
    }

    private static BadgeReport verify(BadgeVerifier verifier, String address) {
        return verifier.verify(address.getBytes(StandardCharsets.UTF_8));
    }

    private void set(Course course, Award award, String column) {
        jdbc.sql("UPDATE award SET " + column + " = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), award.id())
                .update();
    }

    /** What stands below {@code site/}. */
    private static Map<String, byte[]> site(byte[] archive) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().startsWith("site/")) {
                    files.put(entry.getName().substring("site/".length()), zip.readAllBytes());
                }
            }
        }
        return files;
    }
}
