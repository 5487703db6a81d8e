package dev.laurel.credential.endorsement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.achievement.Issuers;
import dev.laurel.award.Award;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.ServedStatically;
import dev.laurel.credential.check.Vouch;
import dev.laurel.credential.endorsement.Endorsement.State;
import dev.laurel.credential.endorsement.EndorsementRefusedException.Reason;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lms.Browser;
import lms.Page;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What others say of our badges, what holders say, and what we say of badges of others (SC13). */
@LaurelTest
@Import(TestAwards.class)
class EndorsementsIntegrationTests {

    private static final String REMARK = "We take it for <b>our</b> own first year. 漢字";

    private static final KnownByKey FEDERATION = new KnownByKey("Federation of Writers", 7);

    @Autowired
    TestAwards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Issuers issuers;

    @Autowired
    Endorsements endorsements;

    @Autowired
    AttachedEndorsements attached;

    @Autowired
    HolderEndorsements holders;

    @Autowired
    IssuedEndorsements issued;

    @Autowired
    BadgeVerifier verifier;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    EndorsementRepository repository;

    @Autowired
    Speakers speakers;

    @Autowired
    InsideBadges inside;

    @Autowired
    Clock clock;

    @Test
    void anEndorsementIsHiddenUntilItIsApprovedAndThenStandsOnThePageAndInsideNewBadges() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());
        StoredCredential before = signed(course, awards.decide(course, awards.person(course, "ada")));

        Endorsement brought = bring(course, FEDERATION.endorses(badge, REMARK));

        assertThat(brought.state()).isEqualTo(State.PENDING);
        assertThat(brought.endorser()).isEqualTo("Federation of Writers");
        assertThat(brought.embeddable()).isTrue();
        assertThat(page(badge).text()).doesNotContain("Federation of Writers");
        assertThat(endorsements.decide(course.tenant(), brought.id(), true, 1)).isTrue();
        assertThat(page(badge).text())
                .contains("Federation of Writers", "We take it for &lt;b&gt;our&lt;/b&gt; own", "nobody vouches");

        List<Award> many = awards.decide(course, "bo", "cy", "di", "ed", "fo");
        assertThat(many).allSatisfy(award -> {
            StoredCredential stored = signed(course, award);
            assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
            assertThat(credentials.verify(stored.jwt()).valid()).isTrue();
            JsonObject inside = JsonBytes.parse(stored.embedded())
                    .getJsonObject("credentialSubject")
                    .getJsonObject("achievement")
                    .getJsonArray("endorsement")
                    .getJsonObject(0);
            assertThat(verifier.verify(JsonBytes.write(inside)).verdict()).isEqualTo(BadgeReport.Verdict.VALID);
        });
        assertThat(new String(before.embedded(), StandardCharsets.UTF_8)).doesNotContain("Federation");

        endorsements.decide(course.tenant(), brought.id(), false, 1);
        assertThat(page(badge).text()).doesNotContain("Federation of Writers");
    }

    @Test
    void wordsOfStrangersHideNothingAndAnImitationIsMarked() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());
        Award award = awards.decide(course, awards.person(course, "ada"));
        holders.say(course.tenant(), award.id(), award.personId(), badge, "It opened\u202e a door.", false);
        holders.decide(course.tenant(), award.id(), writtenAt(course, award), true, 1);
        KnownByKey imitating = new KnownByKey("Feder\u0430tion\u202e of Writers", 9);
        Endorsement brought = bring(course, imitating.endorses(badge, "We take\u202e it."));

        endorsements.decide(course.tenant(), brought.id(), true, 1);

        assertThat(page(badge).text())
                .contains(
                        "Feder\u0430tion of Writers",
                        "letters of several alphabets",
                        "We take it.",
                        "It opened a door.")
                .doesNotContain("\u202e");
    }

    @Test
    void anIssuerIsEndorsedAsWell() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String did = credentials.dids(course.issuer().publicId()).get(0);

        Endorsement brought = bring(course, FEDERATION.endorses(did, REMARK));
        endorsements.decide(course.tenant(), brought.id(), true, 1);

        assertThat(page(publicUrl.at("/issuers/" + course.issuer().publicId())).text())
                .contains("Federation of Writers");
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(JsonBytes.parse(stored.embedded()).getJsonObject("issuer").getJsonArray("endorsement"))
                .hasSize(1);
    }

    @Test
    void whatIsChangedOrAboutSomethingElseOrOurOwnIsRefusedWithItsReason() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Course other = awards.course(TestAwards.draft("Somebody else's"));
        String badge = credentials.achievementId(course.badge());
        String forged = FEDERATION.endorses(badge, REMARK).toString().replace("first year", "second year");

        refused(course, forged, Reason.INVALID);
        refused(
                course,
                FEDERATION
                        .endorses(credentials.achievementId(other.badge()), REMARK)
                        .toString(),
                Reason.ANOTHER_SUBJECT);
        refused(
                course,
                FEDERATION.endorses("https://elsewhere.example/1", REMARK).toString(),
                Reason.ANOTHER_SUBJECT);
        refused(course, FEDERATION.badge(badge, null, null).toString(), Reason.NOT_AN_ENDORSEMENT);
        refused(course, "{}", Reason.NOT_AN_ENDORSEMENT);
        refused(course, "x".repeat(300_000), Reason.TOO_LARGE);
        assertThat(endorsements.all(course.tenant(), 0, 10)).isEmpty();
    }

    @Test
    void theSameOneTwiceIsOneAndWhatNoLongerHoldsIsTakenOff() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());
        JsonObject endorsement = FEDERATION.endorses(badge, REMARK);
        Endorsement brought = bring(course, endorsement);
        assertThat(bring(course, endorsement)).isEqualTo(brought);
        endorsements.decide(course.tenant(), brought.id(), true, 1);

        jdbc.sql("UPDATE endorsement SET checked_at = checked_at - INTERVAL 2 DAY WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        assertThat(endorsements.tenantsWithDue()).contains(course.tenant());
        endorsements.lookAgain(course.tenant());
        assertThat(attached.shown(course.tenant(), List.of(badge))).hasSize(1);

        jdbc.sql("UPDATE endorsement SET checked_at = checked_at - INTERVAL 2 DAY, brought = ? WHERE tenant_id = ?")
                .params(
                        endorsement.toString().replace("first", "last").getBytes(StandardCharsets.UTF_8),
                        course.tenant().value())
                .update();
        endorsements.lookAgain(course.tenant());
        assertThat(attached.shown(course.tenant(), List.of(badge))).isEmpty();
        assertThat(endorsements.all(course.tenant(), 0, 10))
                .extracting(Endorsement::state)
                .containsExactly(State.ENDED);
        assertThat(endorsements.decide(course.tenant(), brought.id(), true, 1))
                .as("nobody shows what does not hold")
                .isFalse();

        Endorsement again = bring(course, endorsement);

        assertThat(again.id()).isEqualTo(brought.id());
        assertThat(again.state()).as("it holds, and is decided anew").isEqualTo(State.PENDING);
        assertThat(attached.shown(course.tenant(), List.of(badge))).isEmpty();
        assertThat(endorsements.decide(course.tenant(), again.id(), true, 1)).isTrue();
        twoDaysLater(course);
        endorsements.lookAgain(course.tenant());
        assertThat(attached.shown(course.tenant(), List.of(badge)))
                .as("looked at as it was brought now")
                .hasSize(1);
    }

    @Test
    void whatWasBroughtByAnAddressIsLookedAtAgainAsItWasNotAsTheAddressAnswersLater() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());
        Map<String, byte[]> web = new HashMap<>();
        Endorsements byAddress = new Endorsements(
                ServedStatically.verifier("https://ada.example", web, clock), repository, speakers, inside, clock);
        web.put("endorsement", JsonBytes.write(FEDERATION.endorses(badge, REMARK)));
        Endorsement brought =
                byAddress.bring(course.tenant(), 1, "https://ada.example/endorsement".getBytes(StandardCharsets.UTF_8));
        byAddress.decide(course.tenant(), brought.id(), true, 1);
        byte[] kept = kept(course);

        web.put("endorsement", JsonBytes.write(FEDERATION.endorses(badge, "Something else.")));
        twoDaysLater(course);
        byAddress.lookAgain(course.tenant());
        assertThat(attached.shown(course.tenant(), List.of(badge))).hasSize(1);
        assertThat(kept(course)).isEqualTo(kept);

        // As it stands there since a version that kept the address.
        jdbc.sql("UPDATE endorsement SET brought = ? WHERE tenant_id = ?")
                .params("https://ada.example/endorsement", course.tenant().value())
                .update();
        twoDaysLater(course);
        byAddress.lookAgain(course.tenant());
        assertThat(attached.shown(course.tenant(), List.of(badge))).isEmpty();
    }

    private byte[] kept(Course course) {
        return jdbc.sql("SELECT brought FROM endorsement WHERE tenant_id = ?")
                .param(course.tenant().value())
                .query(byte[].class)
                .single();
    }

    private void twoDaysLater(Course course) {
        jdbc.sql("UPDATE endorsement SET checked_at = checked_at - INTERVAL 2 DAY WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
    }

    @Test
    void whatAHolderSaysIsShownOnceItIsApprovedAsLongAsSheWantsIt() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        String badge = credentials.achievementId(course.badge());

        holders.say(course.tenant(), award.id(), award.personId(), badge, "It <i>opened</i> a door.", false);
        assertThat(page(badge).text()).doesNotContain("opened");
        assertThat(holders.decide(course.tenant(), award.id(), writtenAt(course, award), true, 1))
                .isTrue();
        assertThat(page(badge).text()).contains("It &lt;i&gt;opened&lt;/i&gt; a door.", "Somebody who has this badge");

        Instant read = writtenAt(course, award);
        holders.say(course.tenant(), award.id(), award.personId(), badge, "Changed.", false);
        assertThat(holders.decide(course.tenant(), award.id(), read, true, 1))
                .as("what nobody read")
                .isFalse();
        assertThat(page(badge).text()).as("read anew first").doesNotContain("opened", "Changed.");
        holders.takeBack(course.tenant(), award.id(), award.personId());
        assertThat(holders.find(course.tenant(), award.id())).isEmpty();
    }

    @Test
    void whatAHolderSaysIsNotShownWhereHerBadgeDoesNotStand() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        String badge = credentials.achievementId(course.badge());
        holders.say(course.tenant(), award.id(), award.personId(), badge, "It opened a door.", false);
        holders.decide(course.tenant(), award.id(), writtenAt(course, award), true, 1);
        assertThat(page(badge).text()).contains("It opened a door.");

        jdbc.sql("UPDATE award SET suspended_at = UTC_TIMESTAMP(6) WHERE tenant_id = ? AND id = ?")
                .params(course.tenant().value(), award.id())
                .update();

        assertThat(page(badge).text()).doesNotContain("It opened a door.");
    }

    @Test
    void aLargeEndorsementIsShownAndMakesNoBadgeLarge() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());

        Endorsement large = bring(course, FEDERATION.endorses(badge, "We take it. ".repeat(2_000)));

        assertThat(large.embeddable()).isFalse();
        assertThat(bring(course, FEDERATION.endorses(badge, REMARK)).embeddable())
                .isTrue();
    }

    private Instant writtenAt(Course course, Award award) {
        return holders.find(course.tenant(), award.id()).orElseThrow().writtenAt();
    }

    @Test
    void weSignWhatWeSayOfOthersAndItsAddressEndsWhenWeTakeItBack() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        long college =
                issuers.createForInstitution(course.tenant(), "College", 1).id();

        UUID id = issued.issue(
                course.tenant(), college, "https://elsewhere.example/badges/1", "Welder", "Counts as our module 7.", 1);

        String address = publicUrl.at("/endorsements/" + id);
        Page answered = page(address);
        assertThat(answered.header("Content-Type").orElseThrow()).startsWith("application/vc");
        JsonObject signed = JsonBytes.parse(answered.body());
        assertThat(signed.getJsonObject("credentialSubject").getString("id"))
                .isEqualTo("https://elsewhere.example/badges/1");
        assertThat(signed.getJsonObject("issuer").getString("name")).isEqualTo("College");
        assertThat(signed.getJsonArray("proof")).hasSize(1);
        IssuedEndorsement listed = issued.all(course.tenant()).get(0);
        assertThat(issued.end(course.tenant(), listed.id(), 1)).isTrue();
        assertThat(page(address).status()).isEqualTo(410);
        assertThat(page(address).header("Access-Control-Allow-Origin")).hasValue("*");
    }

    /** RDF does not tell these forms apart from the right one; strict readers refuse a badge that has one of them inside. */
    @Test
    void anEndorsementThatWouldMakeBadgesInvalidIsShownAndStandsInsideNone() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        String badge = credentials.achievementId(course.badge());
        for (String[] loose : new String[][] {
            {"\"type\":[\"EndorsementSubject\"]", "\"type\":\"EndorsementSubject\""},
            {"\"type\":[\"Profile\"]", "\"type\":\"Profile\""},
            {"\"credentialSubject\":{", "\"credentialSubject\":[{"},
            {"\"validFrom\"", "\"validUntil\":\"2099-01-01T00:00:00Z\",\"validFrom\""},
        }) {
            Endorsement brought = bring(course, FEDERATION.signed(changed(FEDERATION.endorses(badge, REMARK), loose)));
            assertThat(brought.embeddable()).as(loose[1]).isFalse();
            endorsements.decide(course.tenant(), brought.id(), true, 1);
        }
        // As it may stand in the database since an earlier version; of these nobody could bring the last three here.
        jdbc.sql("UPDATE endorsement SET embeddable = TRUE WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        for (String ending : List.of(
                "\"credentialStatus\":{\"id\":\"https://f.example/1#1\",\"type\":\"BitstringStatusListEntry\","
                        + "\"statusPurpose\":\"revocation\",\"statusListIndex\":\"1\",\"statusListCredential\":\"https://f.example/1\"}",
                "\"refreshService\":{\"id\":\"https://f.example/1\",\"type\":\"1EdTechCredentialRefresh\"}",
                "\"serial\":9007199254740993")) {
            Endorsement brought = bring(course, FEDERATION.endorses(badge, REMARK));
            endorsements.decide(course.tenant(), brought.id(), true, 1);
            byte[] ends = FEDERATION
                    .endorses(badge, REMARK)
                    .toString()
                    .replace("\"validFrom\"", ending + ",\"validFrom\"")
                    .getBytes(StandardCharsets.UTF_8);
            jdbc.sql("UPDATE endorsement SET credential = ? WHERE tenant_id = ? AND id = ?")
                    .params(ends, course.tenant().value(), brought.id())
                    .update();
        }

        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        assertThat(attached.shown(course.tenant(), List.of(badge))).hasSize(7);
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(new String(stored.embedded(), StandardCharsets.UTF_8)).doesNotContain("Federation");
        jdbc.sql("UPDATE endorsement SET checked_at = checked_at - INTERVAL 2 DAY WHERE tenant_id = ?")
                .param(course.tenant().value())
                .update();
        endorsements.lookAgain(course.tenant());
        assertThat(endorsements.all(course.tenant(), 0, 10))
                .filteredOn(Endorsement::embeddable)
                .as("known from then on")
                .hasSize(3);
    }

    /** The same credential with its members in another order is another file and the same thing in a list. */
    @Test
    void theSameEndorsementInAnotherOrderStandsInsideOnce() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        JsonObject endorsement = FEDERATION.endorses(credentials.achievementId(course.badge()), REMARK);
        JsonObjectBuilder turned = JsonBytes.JSON.createObjectBuilder().add("proof", endorsement.get("proof"));
        endorsement.forEach(turned::add);
        Endorsement first = bring(course, endorsement);
        Endorsement second = bring(course, turned.build());
        assertThat(second.id()).isNotEqualTo(first.id());
        endorsements.decide(course.tenant(), first.id(), true, 1);
        endorsements.decide(course.tenant(), second.id(), true, 1);

        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        assertThat(JsonBytes.parse(stored.embedded())
                        .getJsonObject("credentialSubject")
                        .getJsonObject("achievement")
                        .getJsonArray("endorsement"))
                .hasSize(1);
    }

    @Test
    void institutionsOfOneInstallationEndorseEachOther() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Course other = awards.course(TestAwards.draft("Welder"));
        long college =
                issuers.createForInstitution(other.tenant(), "College", 1).id();
        UUID id = issued.issue(
                other.tenant(), college, credentials.achievementId(course.badge()), "Essayist", "Counts here.", 1);
        JsonObject endorsement =
                JsonBytes.parse(page(publicUrl.at("/endorsements/" + id)).body());

        BadgeReport report = verifier.verify(JsonBytes.write(endorsement));

        assertThat(report.verdict()).as("%s", report.checks()).isEqualTo(BadgeReport.Verdict.VALID);
        assertThat(report.vouch().kind()).isEqualTo(Vouch.Kind.THIS_SITE);
        Endorsement brought = bring(course, endorsement);
        assertThat(brought.state()).isEqualTo(State.PENDING);
        assertThat(brought.embeddable()).as("it can be taken back").isFalse();
        endorsements.decide(course.tenant(), brought.id(), true, 1);
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));
        assertThat(attached.shown(course.tenant(), List.of(credentials.achievementId(course.badge()))))
                .hasSize(1);
        assertThat(new String(stored.embedded(), StandardCharsets.UTF_8)).doesNotContain("Counts here.");
        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
        for (String[] change : new String[][] {
            {"Counts here.", "Counts twice."},
            {"\"type\":[\"EndorsementSubject\"]", "\"type\":\"EndorsementSubject\""},
            {
                "\"type\":[\"VerifiableCredential\",\"EndorsementCredential\"]",
                "\"type\":[\"EndorsementCredential\",\"VerifiableCredential\"]"
            },
            {"\"name\":\"Essayist\"", "\"image\":null,\"name\":\"Essayist\""},
            {"\"validFrom\"", "\"validUntil\":\"2099-01-01T00:00:00Z\",\"validFrom\""},
            {"context-3.0.3.json\"", "context-3.0.3.json\",\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\""
            },
        }) {
            String mutant = endorsement.toString().replace(change[0], change[1]);
            assertThat(mutant).isNotEqualTo(endorsement.toString());
            assertThat(verifier.verify(mutant.getBytes(StandardCharsets.UTF_8)).verdict())
                    .as(change[1])
                    .isEqualTo(BadgeReport.Verdict.INVALID);
        }
    }

    /** Unsigned again. */
    private static JsonObject changed(JsonObject signed, String... change) {
        String text = JsonBytes.JSON
                .createObjectBuilder(signed)
                .remove("proof")
                .build()
                .toString();
        String changed = text.replace(change[0], change[1]);
        if (change[1].endsWith("[{")) {
            changed = changed.substring(0, changed.length() - 1) + "]}";
        }
        assertThat(changed).isNotEqualTo(text);
        return JsonBytes.parse(changed.getBytes(StandardCharsets.UTF_8));
    }

    private Endorsement bring(Course course, JsonObject endorsement) {
        return endorsements.bring(course.tenant(), 1, JsonBytes.write(endorsement));
    }

    private void refused(Course course, String brought, Reason reason) {
        assertThatExceptionOfType(EndorsementRefusedException.class)
                .isThrownBy(() -> endorsements.bring(course.tenant(), 1, brought.getBytes(StandardCharsets.UTF_8)))
                .extracting(EndorsementRefusedException::reason)
                .isEqualTo(reason);
    }

    private static Page page(String address) {
        return new Browser().open(URI.create(address));
    }

    private StoredCredential signed(Course course, Award award) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> credentials
                        .find(course.tenant(), award.id())
                        .filter(stored -> stored.jwt() != null)
                        .isPresent());
        return credentials.find(course.tenant(), award.id()).orElseThrow();
    }
}
