package dev.laurel.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.Awards;
import dev.laurel.context.Erasures;
import dev.laurel.context.address.MailAddress;
import dev.laurel.context.address.OwnAddresses;
import dev.laurel.credential.Reissues.Answer;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.Verification.Check;
import dev.laurel.credential.document.TestIdentities;
import dev.laurel.credential.holder.HolderKey;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.VcJwt;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A badge that its holder has made anew: with her name or address in it, or as they are now. */
@LaurelTest
@Import(TestAwards.class)
class ReissueIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HolderKey WALLET = HolderKey.of("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp");

    private static final HolderKey OTHER_WALLET =
            HolderKey.of("did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169");

    @Autowired
    TestAwards testAwards;

    @Autowired
    Awards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    Reissues reissues;

    @Autowired
    HolderCredentials holders;

    @Autowired
    Erasures erasures;

    @Autowired
    OwnAddresses addresses;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    private Course course;

    private Award award;

    private StoredCredential first;

    @BeforeEach
    void sheKeepsABadge() {
        course = testAwards.course(TestAwards.draft("Essayist"));
        long ada = testAwards.person(course, "ada");
        Award decided = testAwards.decide(course, ada);
        first = await().atMost(PATIENCE)
                .until(
                        () -> credentials.find(course.tenant(), decided.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
        award = awards.claim(course.tenant(), decided.id(), ada, Award.NameShown.NONE);
    }

    private Answer anew(boolean name, boolean email) {
        return reissues.reissue(course.tenant(), award.id(), award.personId(), name, email);
    }

    private StoredCredential now() {
        return credentials.find(course.tenant(), award.id()).orElseThrow();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void itSaysWhatSheAskedForAndTheOldOneHasLeft() {
        assertThat(text(first.embedded())).doesNotContain("Ada", "emailAddress");

        assertThat(anew(true, true)).isEqualTo(Answer.DONE);

        StoredCredential next = now();
        JsonObject before = JsonBytes.parse(first.embedded());
        JsonObject after = JsonBytes.parse(next.embedded());
        JsonObject subject = after.getJsonObject("credentialSubject");
        String salt = subject.getJsonArray("identifier").getJsonObject(0).getString("salt");
        assertThat(subject.getJsonArray("identifier").stream().map(Object::toString))
                .containsExactly(
                        TestIdentities.email("ada@example.org", HexFormat.of().parseHex(salt)),
                        TestIdentities.name("Ada Lovelace"));
        assertThat(text(next.embedded())).doesNotContain("example.org");
        assertThat(next.publicId()).isNotEqualTo(first.publicId());
        assertThat(after.getString("id")).isEqualTo("urn:uuid:" + next.publicId());
        for (String same : List.of("validFrom", "awardedDate", "issuer", "evidence", "name")) {
            assertThat(after.get(same)).as(same).isEqualTo(before.get(same));
        }
        assertThat(subject.getString("id"))
                .isEqualTo(before.getJsonObject("credentialSubject").getString("id"));
        assertThat(credentials.verify(next.embedded()).valid()).isTrue();
        assertThat(credentials.verify(Objects.requireNonNull(next.jwt())).valid())
                .isTrue();
        assertThat(VcJwt.payload(next.jwt())).asString(StandardCharsets.UTF_8).contains("Ada Lovelace");
        assertThat(credentials.verify(first.embedded()).checks()).last().isEqualTo(new Check("verify.status", false));
        assertThat(credentials.verify(Objects.requireNonNull(first.jwt())).valid())
                .isFalse();
    }

    @Test
    void whatSaysWhoSheIsLiesUnderHerKeyAndIsGoneOnceSheIsErased() {
        anew(true, false);
        StoredCredential named = now();

        String kept = jdbc.sql("SELECT CONCAT(HEX(embedded), HEX(jwt), HEX(named)) FROM credential WHERE award_id = ?")
                .param(award.id())
                .query(String.class)
                .single();
        assertThat(kept)
                .doesNotContain(HexFormat.of().withUpperCase().formatHex("Lovelace".getBytes(StandardCharsets.UTF_8)));
        assertThat(reissues.now(course.tenant(), award.id())).isEqualTo(new Named("Ada Lovelace", null));

        erasures.erase(course.tenant(), award.personId());

        assertThat(credentials.find(course.tenant(), award.id())).isEmpty();
        assertThat(reissues.now(course.tenant(), award.id())).isEqualTo(Named.NOTHING);
        await().atMost(PATIENCE)
                .until(() -> !credentials.verify(named.embedded()).valid());
    }

    @Test
    void aNameThatChangedIsCorrectedOnlyWhenSheAsksAndCanBeTakenOutAgain() {
        anew(true, false);
        StoredCredential wrong = now();
        testAwards.rename(course, "ada", "Ada King");
        assertThat(text(now().embedded())).contains("Ada Lovelace");

        assertThat(anew(true, false)).isEqualTo(Answer.DONE);
        StoredCredential right = now();
        assertThat(text(right.embedded())).contains("Ada King").doesNotContain("Lovelace");
        assertThat(credentials.verify(right.embedded()).valid()).isTrue();
        assertThat(credentials.verify(wrong.embedded()).valid()).isFalse();

        assertThat(anew(false, false)).isEqualTo(Answer.DONE);
        assertThat(text(now().embedded())).doesNotContain("Ada");
        assertThat(credentials.verify(right.embedded()).valid()).isFalse();
        assertThat(credentials.verify(now().embedded()).valid()).isTrue();
        for (StoredCredential each : List.of(first, wrong, right, now())) {
            assertThat(JsonBytes.parse(each.embedded()).getJsonObject("refreshService"))
                    .isEqualTo(JsonBytes.parse(first.embedded()).getJsonObject("refreshService"));
        }
    }

    @Test
    void whatItSaysAlreadyIsNotMadeAnewAndThereIsALimitToADay() {
        assertThat(anew(false, false)).isEqualTo(Answer.SAME);
        assertThat(now().embedded()).isEqualTo(first.embedded());

        for (int i = 0; i < Reissues.MOST_A_DAY; i++) {
            assertThat(anew(i % 2 == 0, false)).isEqualTo(Answer.DONE);
        }
        byte[] last = now().embedded();
        assertThat(anew(false, true)).isEqualTo(Answer.TOO_OFTEN);
        assertThat(now().embedded()).isEqualTo(last);
        assertThat(credentials.verify(last).valid()).isTrue();
    }

    @Test
    void whatAWalletHasIsSignedAgainAndTheOldFormsHaveLeft() {
        StoredCredential taken = holders.issue(course.tenant(), award, WALLET).orElseThrow();
        StoredCredential other =
                holders.issue(course.tenant(), award, OTHER_WALLET).orElseThrow();

        assertThat(anew(true, false)).isEqualTo(Answer.DONE);

        assertThat(holders.holders(course.tenant(), award.id()))
                .containsExactlyInAnyOrder(WALLET.did(), OTHER_WALLET.did());
        for (HolderKey wallet : List.of(WALLET, OTHER_WALLET)) {
            StoredCredential next =
                    holders.issue(course.tenant(), award, wallet).orElseThrow();
            assertThat(next.publicId()).isEqualTo(now().publicId());
            assertThat(subject(next.embedded())).isEqualTo(wallet.did());
            assertThat(text(next.embedded()))
                    .contains("Ada Lovelace")
                    .as("what a refresh answers with is not the wallet's")
                    .doesNotContain("refreshService", "/refresh/");
            assertThat(credentials.verify(next.embedded()).valid()).isTrue();
            assertThat(credentials.verify(Objects.requireNonNull(next.jwt())).valid())
                    .isTrue();
        }
        for (StoredCredential old : List.of(taken, other)) {
            assertThat(credentials.verify(old.embedded()).checks()).last().isEqualTo(new Check("verify.status", false));
            assertThat(credentials.verify(Objects.requireNonNull(old.jwt())).valid())
                    .isFalse();
        }
    }

    private static String subject(byte[] credential) {
        return JsonBytes.parse(credential).getJsonObject("credentialSubject").getString("id");
    }

    @Test
    void aWalletThatComesWhileItIsMadeAnewWaitsForTheNewOne() throws Exception {
        CompletableFuture<StoredCredential> pickUp = new CompletableFuture<>();

        transaction.executeWithoutResult(status -> {
            assertThat(anew(true, false)).isEqualTo(Answer.DONE);
            pickUp.completeAsync(() -> pickUp());
            untilOneWaitsOrIsDone(pickUp);
        });

        assertOneIsCurrent(pickUp.get(30, TimeUnit.SECONDS));
    }

    @Test
    void aBadgeThatIsMadeAnewWhileAWalletTakesItIsSignedForThatWalletToo() throws Exception {
        CompletableFuture<Answer> reissue = new CompletableFuture<>();

        StoredCredential taken = Objects.requireNonNull(transaction.execute(status -> {
            StoredCredential form = pickUp();
            reissue.completeAsync(() -> anew(true, false));
            untilOneWaitsOrIsDone(reissue);
            return form;
        }));

        assertThat(reissue.get(30, TimeUnit.SECONDS)).isEqualTo(Answer.DONE);
        assertThat(credentials.verify(taken.embedded()).checks()).last().isEqualTo(new Check("verify.status", false));
        assertOneIsCurrent(pickUp());
    }

    private StoredCredential pickUp() {
        return holders.issue(course.tenant(), award, WALLET).orElseThrow();
    }

    private void assertOneIsCurrent(StoredCredential inWallet) {
        assertThat(inWallet.publicId()).isEqualTo(now().publicId()).isNotEqualTo(first.publicId());
        assertThat(JsonBytes.parse(inWallet.embedded()).getString("id")).isEqualTo("urn:uuid:" + now().publicId());
        assertThat(credentials.verify(inWallet.embedded()).valid()).isTrue();
        assertThat(credentials.verify(now().embedded()).valid()).isTrue();
        assertThat(credentials.verify(first.embedded()).valid()).isFalse();
    }

    /** So that the second one has come before the first one is through. */
    private void untilOneWaitsOrIsDone(CompletableFuture<?> second) {
        await().atMost(PATIENCE)
                .until(() -> second.isDone()
                        || jdbc.sql("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                                        .query(Integer.class)
                                        .single()
                                > 0);
    }

    @Test
    void whereTheLmsTellsNoAddressOneThatSheConfirmedTakesItsPlace() {
        long cy = testAwards.rename(course, "cy", null);
        assertThat(reissues.possible(course.tenant(), cy)).isEqualTo(Named.NOTHING);
        confirm(cy, "Cy@own.example");
        confirm(award.personId(), "ada@own.example");

        assertThat(reissues.possible(course.tenant(), cy)).isEqualTo(new Named(null, "cy@own.example"));
        assertThat(reissues.possible(course.tenant(), award.personId()))
                .as("the LMS tells one")
                .isEqualTo(new Named("Ada Lovelace", "ada@example.org"));
    }

    private void confirm(long person, String address) {
        MailAddress own = MailAddress.of(address).orElseThrow();
        addresses.wish(course.tenant(), person, own);
        String code = addresses
                .newCode(course.tenant(), person, addresses.hash(course.tenant(), own))
                .orElseThrow();
        assertThat(addresses.confirm(course.tenant(), person, code)).isEqualTo(OwnAddresses.Answer.CONFIRMED);
    }

    @Test
    void nobodyElseCanAskForIt() {
        long grace = testAwards.person(course, "grace");

        assertThatThrownBy(() -> reissues.reissue(course.tenant(), award.id(), grace, true, true))
                .isInstanceOf(AwardNotFoundException.class);
        assertThat(now().embedded()).isEqualTo(first.embedded());
    }
}
