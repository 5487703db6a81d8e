package dev.laurel.credential.brought;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaunchedCourse;
import dev.laurel.LaurelTest;
import dev.laurel.achievement.AchievementDraft;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.Erasures;
import dev.laurel.context.PersonSafe;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.context.link.PersonLinks;
import dev.laurel.context.link.PersonLinksChanged;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.brought.Brought.Proof;
import dev.laurel.credential.brought.Brought.State;
import dev.laurel.credential.brought.BroughtRefusedException.Reason;
import dev.laurel.credential.check.ServedStatically;
import dev.laurel.credential.endorsement.Speakers;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.credential.status.TestStatusLists;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.BroughtBadge;
import dev.laurel.criteria.rule.BroughtBadge.By;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lms.Browser;
import lms.LmsUser;
import lms.Page;
import lms.ReferenceLms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A badge of another organisation earns one here, for whoever it belongs to and as long as it holds. */
@LaurelTest
class BroughtBadgesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final KnownByKey GUILD = new KnownByKey("Guild of Welders", 9);

    private static final String WELDER = "https://guild.example/badges/welder";

    @Autowired
    ApplicationContext app;

    @Autowired
    BroughtBadges badges;

    @Autowired
    Awards awards;

    @Autowired
    Verdicts verdicts;

    @Autowired
    Erasures erasures;

    @Autowired
    OwnAddresses addresses;

    @Autowired
    PersonSafe safe;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private LaunchedCourse launched;

    private LmsUser ada;

    private LmsUser bo;

    private Browser adas;

    private RuleSet badge;

    private long adasNumber;

    @BeforeEach
    void aBadgeForWhoeverIsAWelderElsewhere() {
        launched = LaunchedCourse.start(app, ReferenceLms.builder().students(2));
        ada = launched.lms().course().student(0);
        bo = launched.lms().course().student(1);
        launched.launch(launched.lms().course().teacher());
        adas = launched.launch(ada);
        launched.launch(bo);
        adasNumber = person(ada);
        badge = launched.activeBadge(
                new AchievementDraft("Metal worker", "Works metal.", "A badge of the guild", "#1f4e79", null),
                new BroughtBadge(By.ISSUER, GUILD.did(), List.of(), "the Guild of Welders"));
    }

    @AfterEach
    void stop() {
        launched.close();
    }

    @Test
    void aBadgeThatNamesHerEmailCountsAtOnceAndNoMoreOnceItDoesNotHold() {
        Page page = adas.open(at("/my/brought"));
        JsonObject welder = GUILD.badge(WELDER, ada.email(), null);

        Page taken = adas.submit(page, page.formTo("/my/brought"), Map.of("text", welder.toString()));

        assertThat(taken.text()).contains("is real and yours. It counts now.", "Guild of Welders");
        Award award = await().atMost(PATIENCE)
                .until(() -> awards.ofRuleSet(launched.tenant(), badge.id()), found -> !found.isEmpty())
                .get(0);
        assertThat(award.personId()).isEqualTo(person(ada));
        Brought brought = badges.ofPerson(launched.tenant(), person(ada)).get(0);
        assertThat(brought.proof()).isEqualTo(Proof.EMAIL);
        assertThat(brought.achievement()).as("nobody vouches for a did:key").isNull();

        aDayLater();
        badges.lookAgain(launched.tenant());
        assertThat(badges.ofPerson(launched.tenant(), person(ada)).get(0).state())
                .isEqualTo(State.COUNTS);

        byte[] revoked = welder.toString().replace("Three", "Four").getBytes(StandardCharsets.UTF_8);
        keptAs(revoked);
        aDayLater();
        badges.lookAgain(launched.tenant());

        assertThat(badges.ofPerson(launched.tenant(), person(ada)).get(0).state())
                .isEqualTo(State.ENDED);
        await().atMost(PATIENCE).until(() -> verdict(ada) == Verdict.NOT_MET);
    }

    @Test
    void aBadgeThatNamesAnAddressSheConfirmedInLaurelIsHers() {
        MailAddress own = MailAddress.of("ada@home.example").orElseThrow();
        addresses.wish(launched.tenant(), person(ada), own);
        JsonObject welder = GUILD.badge(WELDER, "ada@home.example", null);
        assertThat(bring(bo, welder).state()).as("nobody has that address").isEqualTo(State.WAITING);
        String code = addresses
                .newCode(launched.tenant(), person(ada), addresses.hash(launched.tenant(), own))
                .orElseThrow();
        addresses.confirm(launched.tenant(), person(ada), code);

        assertThat(bring(ada, welder).state()).isEqualTo(State.COUNTS);
    }

    /** What stands at an address of hers later on, is another badge, whoever signed it. */
    @Test
    void aBadgeThatWasBroughtByItsAddressIsLookedAtAgainAsItWasNotAsTheAddressAnswersLater() {
        Map<String, byte[]> web = new HashMap<>();
        BroughtBadges byAddress = reading("https://ada.example", web);
        Instant ends = clock.instant().plus(Duration.ofSeconds(2));
        web.put("badge", JsonBytes.write(GUILD.badge(WELDER, ada.email(), ends)));
        byAddress.bring(
                launched.tenant(),
                person(ada),
                launched.context().id(),
                "https://ada.example/badge".getBytes(StandardCharsets.UTF_8));
        await().atMost(PATIENCE).until(() -> clock.instant().isAfter(ends));
        web.put("badge", JsonBytes.write(GUILD.badge(WELDER, bo.email(), null)));

        aDayLater();
        byAddress.lookAgain(launched.tenant());

        assertThat(states()).containsExactly(State.ENDED);
    }

    /** It is what its issuer's site says, and of a site that does not answer nothing is known. */
    @Test
    void aHostedBadgeStaysWhileItsSiteDoesNotAnswer() {
        Map<String, byte[]> web = new HashMap<>();
        web.put(
                "issuers/1",
                bytes("{\"@context\":\"https://w3id.org/openbadges/v2\",\"type\":\"Issuer\","
                        + "\"id\":\"https://guild.example/issuers/1\",\"name\":\"Guild\"}"));
        web.put("badges/1", bytes("""
                {"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": "https://guild.example/badges/1",
                 "name": "Welder", "issuer": "https://guild.example/issuers/1"}"""));
        web.put("assertions/1", bytes("""
                {"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": "https://guild.example/assertions/1",
                 "issuedOn": "2026-03-01T10:00:00Z", "verification": {"type": "hosted"}, "badge": "https://guild.example/badges/1",
                 "recipient": {"type": "email", "hashed": false, "identity": "%s"}}""".formatted(ada.email())));
        BroughtBadges byAddress = reading("https://guild.example", web);
        assertThat(byAddress
                        .bring(
                                launched.tenant(),
                                person(ada),
                                launched.context().id(),
                                bytes("https://guild.example/assertions/1"))
                        .state())
                .isEqualTo(State.COUNTS);

        web.clear();
        aDayLater();
        byAddress.lookAgain(launched.tenant());

        assertThat(states()).containsExactly(State.COUNTS);

        keptAs(bytes("https://guild.example/assertions/1"));
        aDayLater();
        byAddress.lookAgain(launched.tenant());

        assertThat(states()).as("where earlier versions kept the address alone").containsExactly(State.COUNTS);
    }

    /** The only badge that Ada brought, as it is kept. */
    private List<State> states() {
        return badges.ofPerson(launched.tenant(), person(ada)).stream()
                .map(Brought::state)
                .toList();
    }

    private void keptAs(byte[] kept) {
        jdbc.sql("UPDATE brought_badge SET sealed = ? WHERE tenant_id = ? AND person_id = ?")
                .params(
                        safe.seal(launched.tenant(), person(ada), kept),
                        launched.tenant().value(),
                        person(ada))
                .update();
    }

    /** A suspension may be withdrawn, and a site may be well again. */
    @Test
    void whatHadEndedCountsAgainWhenSheBringsItAgainAndItHolds() {
        JsonObject welder = GUILD.badge(WELDER, ada.email(), null);
        Brought first = bring(ada, welder);
        keptAs(bytes(welder.toString().replace("Three", "Four")));
        aDayLater();
        badges.lookAgain(launched.tenant());
        assertThat(states()).containsExactly(State.ENDED);
        assertThat(count("brought_achievement")).isZero();

        Brought again = bring(ada, welder);

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(State.COUNTS);
        assertThat(count("brought_achievement")).isEqualTo(1);
        aDayLater();
        badges.lookAgain(launched.tenant());
        assertThat(states()).as("it is looked at as it was brought now").containsExactly(State.COUNTS);
    }

    @Test
    void aBadgeThatItsIssuerSuspendsCountsAgainOnceThatEnds() {
        String list = "https://guild.example/suspensions";
        Map<String, byte[]> web = new HashMap<>();
        BroughtBadges asking = reading("https://guild.example", web);
        web.put("suspensions", suspended(list, List.of()));
        byte[] welder = JsonBytes.write(withPlace(GUILD.badge(WELDER, ada.email(), null), list, 3));
        asking.bring(launched.tenant(), person(ada), launched.context().id(), welder);

        web.put("suspensions", suspended(list, List.of(3)));
        assertLooksLater(asking, State.SUSPENDED, 0);
        assertThat(adas.open(at("/my/brought")).text())
                .contains("Who gave it suspended it for now.")
                .doesNotContain("took it back");
        web.clear();
        assertLooksLater(asking, State.SUSPENDED, 0);
        web.put("suspensions", suspended(list, List.of()));
        assertLooksLater(asking, State.COUNTS, 1);

        web.put("suspensions", suspended(list, List.of(3)));
        assertLooksLater(asking, State.SUSPENDED, 0);
        jdbc.sql("UPDATE brought_badge SET look_until = look_until - INTERVAL 90 DAY WHERE tenant_id = ?")
                .param(launched.tenant().value())
                .update();
        web.put("suspensions", suspended(list, List.of()));
        assertLooksLater(asking, State.SUSPENDED, 0);
        asking.bring(launched.tenant(), person(ada), launched.context().id(), welder);
        assertLooksLater(asking, State.COUNTS, 1);
    }

    /** A day later. */
    private void assertLooksLater(BroughtBadges asking, State state, int counting) {
        aDayLater();
        asking.lookAgain(launched.tenant());
        assertThat(states()).containsExactly(state);
        assertThat(count("brought_achievement")).isEqualTo(counting);
    }

    private static byte[] suspended(String list, List<Integer> places) {
        return JsonBytes.write(GUILD.signed(TestStatusLists.suspensions(
                list,
                "https://guild.example/revocations",
                GUILD.did(),
                StatusBits.of(places),
                Instant.parse("2026-02-01T09:00:00Z"))));
    }

    private static JsonObject withPlace(JsonObject badge, String list, int place) {
        return GUILD.signed(JsonBytes.JSON
                .createObjectBuilder(badge)
                .remove("proof")
                .add(
                        "credentialStatus",
                        JsonBytes.JSON
                                .createObjectBuilder()
                                .add("id", list + "#" + place)
                                .add("type", "BitstringStatusListEntry")
                                .add("statusPurpose", "suspension")
                                .add("statusListIndex", Integer.toString(place))
                                .add("statusListCredential", list))
                .build());
    }

    @Test
    void whatSheBroughtUnderOneAccountIsHersUnderAnotherAndCountsOnceItsAddressIsKnown() {
        JsonObject welder = GUILD.badge(WELDER, ada.email(), null);
        Brought waiting = bring(bo, welder);
        assertThat(waiting.state()).isEqualTo(State.WAITING);
        assertThat(bring(bo, welder)).as("nothing is known yet").isEqualTo(waiting);
        link("LEARNER");

        Brought hers = bring(ada, welder);

        assertThat(hers.id()).isEqualTo(waiting.id());
        assertThat(hers.state()).isEqualTo(State.COUNTS);
        assertThat(hers.proof()).isEqualTo(Proof.EMAIL);
        assertThat(badges.ofHuman(launched.tenant(), person(ada))).containsExactly(hers);
        assertThat(badges.ofPerson(launched.tenant(), person(ada))).isEmpty();
        assertThat(badges.remove(launched.tenant(), person(ada), hers.id())).isTrue();
        assertThat(badges.ofHuman(launched.tenant(), person(bo))).isEmpty();
    }

    @Test
    void aBadgeThatNamesAnotherAccountIsHersNoLongerThanTheTwoAreOne() {
        JsonObject welder = GUILD.badge(WELDER, ada.email(), null);
        link("STAFF");
        assertThat(bring(bo, welder).state()).isEqualTo(State.COUNTS);

        part();
        app.getBean(TransactionTemplate.class)
                .executeWithoutResult(status ->
                        app.publishEvent(new PersonLinksChanged(launched.tenant(), Set.of(person(ada), person(bo)))));
        badges.lookAgain(launched.tenant());

        assertThat(badges.ofPerson(launched.tenant(), person(bo)))
                .singleElement()
                .satisfies(badge -> assertThat(badge.state()).isEqualTo(State.WAITING));
        assertThat(bring(ada, welder).state()).as("she can bring it herself").isEqualTo(State.COUNTS);
    }

    private BroughtBadges reading(String site, Map<String, byte[]> web) {
        return new BroughtBadges(
                ServedStatically.verifier(site, web, clock),
                app.getBean(BroughtLedger.class),
                app.getBean(BroughtRepository.class),
                app.getBean(Speakers.class),
                app.getBean(Contexts.class),
                app.getBean(PersonLinks.class),
                addresses,
                safe,
                clock);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anAddressThatWasKeptBeforeBadgesWereIsReadOnceMoreAndHasToBeTheSameBadge() {
        bring(ada, GUILD.badge(WELDER, ada.email(), null));
        keptAs(JsonBytes.write(GUILD.badge(WELDER, bo.email(), null)));
        aDayLater();

        badges.lookAgain(launched.tenant());

        assertThat(states()).containsExactly(State.ENDED);
    }

    @Test
    void whatNamesNobodyCountsOnceStaffSaysThatItIsHers() {
        Brought brought = bring(ada, GUILD.badge(WELDER, null, null));
        assertThat(brought.state()).isEqualTo(State.WAITING);
        Browser teacher = launched.launch(launched.lms().course().teacher());
        Page waiting = teacher.open(at("/course/brought"));
        assertThat(waiting.text()).contains("Welder", "It is theirs");

        teacher.submit(waiting, waiting.formTo("/decision"), Map.of("hers", "true"));

        await().atMost(PATIENCE)
                .until(() -> !awards.ofRuleSet(launched.tenant(), badge.id()).isEmpty());
        assertThat(badges.ofPerson(launched.tenant(), person(ada)).get(0).proof())
                .isEqualTo(Proof.STAFF);
    }

    @Test
    void namesOfStrangersHideNothingAndAnImitationIsMarked() {
        bring(ada, new KnownByKey("Gu\u0456ld of\u202e Welders", 9).badge(WELDER, null, null));
        Browser teacher = launched.launch(launched.lms().course().teacher());

        for (Page page : List.of(adas.open(at("/my/brought")), teacher.open(at("/course/brought")))) {
            assertThat(page.text())
                    .contains("Gu\u0456ld of Welders", "letters of several alphabets")
                    .doesNotContain("\u202e");
        }
    }

    @Test
    void whatStaffSaidByMistakeItTakesBackAndRemembersWhenSheBringsItAgain() {
        JsonObject welder = GUILD.badge(WELDER, null, null);
        Brought brought = bring(ada, welder);
        Browser teacher = launched.launch(launched.lms().course().teacher());
        Page waiting = teacher.open(at("/course/brought"));
        assertThat(waiting.text()).doesNotContain("refused before");
        Page counting = teacher.submit(waiting, waiting.formTo("/decision"), Map.of("hers", "true"));
        await().atMost(PATIENCE).until(() -> verdict(ada) == Verdict.MET);
        assertThat(counting.text()).contains("It is not theirs after all").doesNotContain(">It is theirs<");

        teacher.submit(counting, counting.formTo("/decision"), Map.of("hers", "false"));

        await().atMost(PATIENCE).until(() -> verdict(ada) == Verdict.NOT_MET);
        assertThat(badges.ofPerson(launched.tenant(), person(ada)).get(0).state())
                .isEqualTo(State.REFUSED);
        assertThat(badges.remove(launched.tenant(), person(ada), brought.id())).isTrue();
        Brought again = bring(ada, welder);
        assertThat(again.state()).isEqualTo(State.WAITING);
        assertThat(teacher.open(at("/course/brought")).text())
                .contains(
                        "refused before by " + launched.lms().course().teacher().name());
        assertThat(refusals(again, bring(bo, GUILD.badge(WELDER + "/2", null, null))))
                .containsOnlyKeys(again.id());

        erasures.erase(launched.tenant(), person(ada));
        assertThat(count("brought_refusal")).isZero();
    }

    @Test
    void aRefusalIsSeenUnderAccountsThatAreLinkedLaterAndOnlyAsLongAsTheyAre() {
        JsonObject welder = GUILD.badge(WELDER, null, null);
        badges.decide(
                launched.tenant(), launched.context().id(), bring(ada, welder).id(), false, 7);
        Brought again = bring(bo, welder);
        assertThat(refusals(again)).as("somebody else, as far as is known").isEmpty();

        link("LEARNER");
        assertThat(refusals(again))
                .hasEntrySatisfying(
                        again.id(), refusal -> assertThat(refusal.byPerson()).isEqualTo(7));

        part();
        assertThat(refusals(again)).isEmpty();

        link("LEARNER");
        badges.decide(launched.tenant(), launched.context().id(), again.id(), false, 8);
        part();
        Brought third = bring(ada, welder);
        assertThat(refusals(third))
                .hasEntrySatisfying(
                        third.id(), refusal -> assertThat(refusal.byPerson()).isEqualTo(7));
    }

    private Map<Long, Brought.Refusal> refusals(Brought... brought) {
        return badges.refusals(launched.tenant(), List.of(brought));
    }

    private void link(String how) {
        for (LmsUser account : List.of(ada, bo)) {
            jdbc.sql("INSERT INTO person_link (tenant_id, person_id, human_id, how, linked_at)"
                            + " VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6))")
                    .params(launched.tenant().value(), person(account), person(ada), how)
                    .update();
        }
    }

    private void part() {
        jdbc.sql("DELETE FROM person_link WHERE tenant_id = ?")
                .param(launched.tenant().value())
                .update();
    }

    @Test
    void whatABadgeProvesItselfStaffDoesNotRefuse() {
        Brought brought = bring(ada, GUILD.badge(WELDER, ada.email(), null));

        assertThat(badges.decide(launched.tenant(), launched.context().id(), brought.id(), false, 1))
                .isFalse();
    }

    @Test
    void nobodyBringsWhatSomebodyElseBroughtUnlessStaffRefusedThat() {
        JsonObject welder = GUILD.badge(WELDER, null, null);
        Brought adas = bring(ada, welder);
        assertThat(bring(ada, welder)).as("twice").isEqualTo(adas);

        refused(bo, welder.toString(), Reason.TAKEN);
        badges.decide(launched.tenant(), launched.context().id(), adas.id(), false, 1);

        assertThat(bring(bo, welder).state()).isEqualTo(State.WAITING);
        assertThat(badges.ofPerson(launched.tenant(), person(ada)).get(0).state())
                .isEqualTo(State.REFUSED);
    }

    @Test
    void whoeverABadgeNamesGetsItThoughSomebodyElseWasFirst() {
        JsonObject welder = GUILD.badge(WELDER, ada.email(), null);
        assertThat(bring(bo, welder).state()).isEqualTo(State.WAITING);

        assertThat(bring(ada, welder).state()).isEqualTo(State.COUNTS);

        assertThat(badges.ofPerson(launched.tenant(), person(bo)).get(0).state())
                .as("nobody who teaches has said a word")
                .isEqualTo(State.ANOTHERS);
        assertThat(launched.launch(bo).open(at("/my/brought")).text())
                .contains("somebody else’s", "it names their e-mail address");
        refused(bo, welder.toString(), Reason.TAKEN);

        badges.ofPerson(launched.tenant(), person(ada))
                .forEach(each -> badges.remove(launched.tenant(), person(ada), each.id()));
    }

    @Test
    void whatIsChangedOrNoBadgeIsRefusedWithItsReason() {
        refused(ada, GUILD.badge(WELDER, ada.email(), null).toString().replace("Can weld", "Can fly"), Reason.INVALID);
        refused(ada, GUILD.endorses(WELDER, "Good.").toString(), Reason.NOT_A_BADGE);
        refused(ada, "hello", Reason.NOT_A_BADGE);
        assertThat(badges.ofPerson(launched.tenant(), person(ada))).isEmpty();
    }

    @Test
    void whatSheTakesBackCountsNoMoreAndNothingIsLeftOfWhoeverIsErased() {
        Brought first = bring(ada, GUILD.badge(WELDER, ada.email(), null));
        assertThat(badges.remove(launched.tenant(), person(bo), first.id()))
                .as("not his")
                .isFalse();
        assertThat(badges.remove(launched.tenant(), person(ada), first.id())).isTrue();
        assertThat(count("brought_achievement")).isZero();

        bring(ada, GUILD.badge(WELDER, ada.email(), null));
        erasures.erase(launched.tenant(), person(ada));

        assertThat(count("brought_achievement")).isZero();
        assertThat(count("brought_badge")).isZero();
    }

    private int count(String table) {
        return jdbc.sql("SELECT COUNT(*) FROM " + table + " WHERE tenant_id = ? AND person_id = ?")
                .params(launched.tenant().value(), adasNumber)
                .query(Integer.class)
                .single();
    }

    private void aDayLater() {
        jdbc.sql("UPDATE brought_badge SET checked_at = checked_at - INTERVAL 25 HOUR WHERE tenant_id = ?")
                .param(launched.tenant().value())
                .update();
    }

    private Verdict verdict(LmsUser user) {
        return verdicts.ofLearner(launched.tenant(), badge.contextId(), person(user)).stream()
                .filter(each -> each.ruleSetId() == badge.id())
                .findFirst()
                .orElseThrow()
                .evaluation()
                .verdict();
    }

    private Brought bring(LmsUser user, JsonObject welder) {
        return badges.bring(launched.tenant(), person(user), launched.context().id(), JsonBytes.write(welder));
    }

    private void refused(LmsUser user, String brought, Reason reason) {
        assertThatExceptionOfType(BroughtRefusedException.class)
                .isThrownBy(() -> badges.bring(
                        launched.tenant(),
                        person(user),
                        launched.context().id(),
                        brought.getBytes(StandardCharsets.UTF_8)))
                .extracting(BroughtRefusedException::reason)
                .isEqualTo(reason);
    }

    private long person(LmsUser user) {
        return launched.person(user);
    }

    private URI at(String path) {
        return URI.create(publicUrl.at(path));
    }
}
