package dev.laurel.credential.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.award.fall.Revocations;
import dev.laurel.context.Erasures;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.Verification.Check;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What a verifier learns of a badge that was taken back, and how soon. */
@LaurelTest
@Import(TestAwards.class)
class CredentialStatusIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    TestAwards awards;

    @Autowired
    Awards all;

    @Autowired
    Credentials credentials;

    @Autowired
    Revocations revocations;

    @Autowired
    Erasures erasures;

    @Autowired
    EmbeddedSigning signing;

    @Autowired
    CredentialRepository repository;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    CredentialFormats formats;

    @Autowired
    PublicUrl publicUrl;

    @Autowired
    JdbcClient jdbc;

    @Test
    void aBadgeIsInForceUntilItIsRevokedAndThenItIsNotAndTheOthersStillAre() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> both = awards.decide(course, "ada", "grace");
        StoredCredential ada = signed(course, both.get(0));
        StoredCredential grace = signed(course, both.get(1));
        assertThat(credentials.verify(ada.embedded()).checks()).last().isEqualTo(new Check("verify.status", true));

        takeBack(course, both.get(0), "The grades were wrong.");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(credentials.verify(ada.embedded()).checks())
                                .last()
                                .isEqualTo(new Check("verify.status", false)));
        assertThat(credentials.verify(grace.embedded()).valid()).isTrue();
        await().atMost(PATIENCE)
                .until(() -> credentials
                                .find(course.tenant(), both.get(0).id())
                                .orElseThrow()
                                .jwt()
                        != null);
        assertThat(credentials
                        .verify(credentials
                                .find(course.tenant(), both.get(0).id())
                                .orElseThrow()
                                .jwt())
                        .valid())
                .as("the JWT names the same place")
                .isFalse();
        assertThat(set(status(ada))).containsExactly(status(ada).index());
    }

    @Test
    void aSuspendedBadgeIsToldFromOneThatWasTakenBackAndCountsAgainOnceThatIsLifted() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> both = awards.decide(course, "ada", "grace");
        StoredCredential suspended = signed(course, both.get(0));
        StoredCredential revoked = signed(course, both.get(1));
        CredentialStatus place = status(suspended);

        publish(new AwardsSuspended(course.tenant(), List.of(both.get(0))));
        takeBack(course, both.get(1), "Wrong.");

        await().atMost(PATIENCE)
                .until(() -> credentials.verify(suspended.embedded()).suspended()
                        && !credentials.verify(revoked.embedded()).valid());
        assertThat(credentials.verify(suspended.embedded()).valid()).isFalse();
        assertThat(credentials.verify(revoked.embedded()).suspended()).isFalse();
        assertThat(set(place))
                .as("both are not in force")
                .contains(place.index(), status(revoked).index());
        assertThat(set(new CredentialStatus(place.list() + "/suspensions", place.index())))
                .as("one of them for now only")
                .containsExactly(place.index());

        publish(new AwardsReinstated(course.tenant(), both));
        await().atMost(PATIENCE)
                .until(() -> credentials.verify(suspended.embedded()).valid());
        assertThat(credentials.verify(revoked.embedded()).valid())
                .as("what was taken back stays so")
                .isFalse();
    }

    @Test
    void whatIsSuspendedCanStillBeTakenBackForGood() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        StoredCredential stored = signed(course, award);

        publish(new AwardsSuspended(course.tenant(), List.of(award)));
        takeBack(course, award, "Wrong.");
        publish(new AwardsSuspended(course.tenant(), List.of(award)));

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(credentials.verify(stored.embedded()).checks())
                                .last()
                                .isEqualTo(new Check("verify.status", false)));
    }

    @Test
    void whatIsRevokedBeforeItIsSignedIsNeverInForce() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> released = awards.add(course, List.of(awards.person(course, "ada")));
        Award award = released.get(0);
        repository.add(course.tenant(), released, () -> new byte[16], award.decidedAt());

        takeBack(course, award, "Wrong.");
        signing.run(course.tenant(), "all");

        StoredCredential stored = credentials.find(course.tenant(), award.id()).orElseThrow();
        assertThat(credentials.verify(stored.embedded()).checks()).last().isEqualTo(new Check("verify.status", false));
    }

    @Test
    void aListThatCannotBeSignedHoldsUpNoOther() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        jdbc.sql("""
                INSERT INTO status_list (tenant_id, issuer_id, number, public_id, public_url, taken, revision)
                VALUES (?, -1, 1, ?, 'http://localhost', 0, 1)""")
                .params(course.tenant().value(), UUID.randomUUID().toString())
                .update();

        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));

        assertThat(credentials.verify(stored.embedded()).valid()).isTrue();
    }

    @Test
    void nothingOfAnErasedPersonIsInForce() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        long person = awards.person(course, "ada");
        StoredCredential stored = signed(course, awards.decide(course, person));

        erasures.erase(course.tenant(), person);

        await().atMost(PATIENCE)
                .until(() -> !credentials.verify(stored.embedded()).valid());
    }

    @Test
    void placesAreDealtAtRandomAndNoTwoAreTheSame() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> many = awards.decide(
                course,
                IntStream.range(0, 60)
                        .mapToObj(i -> awards.person(course, "student-" + i))
                        .toList());
        List<Integer> places = many.stream()
                .map(award -> status(signed(course, award)).index())
                .toList();

        assertThat(places)
                .doesNotHaveDuplicates()
                .isNotEqualTo(places.stream().sorted().toList());
        assertThat(places.stream().mapToInt(Integer::intValue).max().orElseThrow())
                .as("spread over the whole list")
                .isGreaterThan(StatusBits.SIZE / 2);
    }

    @Test
    void aFullListIsFollowedByAnother() {
        Course course = awards.course(TestAwards.draft("Essayist"));
        CredentialStatus first = status(signed(course, awards.decide(course, awards.person(course, "ada"))));
        jdbc.sql("UPDATE status_list SET taken = ? WHERE tenant_id = ?")
                .params(StatusBits.SIZE / 2 - 1, course.tenant().value())
                .update();

        List<Award> two = awards.decide(course, "bo", "cy");
        List<String> lists = two.stream()
                .map(award -> status(signed(course, award)).list())
                .distinct()
                .toList();

        assertThat(lists).hasSize(2).contains(first.list());
        assertThat(two)
                .allMatch(award ->
                        credentials.verify(signed(course, award).embedded()).valid());
    }

    @Test
    void whereTheInstitutionWantsAListOfIdsNewBadgesNameOneAndOldOnesKeepTheirs() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential old = signed(course, awards.decide(course, awards.person(course, "ada")));
        formats.choose(
                course.tenant(), new CredentialFormat(CredentialFormat.Jwt.RS256, CredentialFormat.Status.IDS), 1);
        List<Award> both = awards.decide(course, "bo", "cy");
        StoredCredential bo = signed(course, both.get(0));
        StoredCredential cy = signed(course, both.get(1));
        String list = status(bo).list();

        assertThat(status(bo).index()).isNull();
        assertThat(text(bo.embedded())).contains("extensions.json", "1EdTechRevocationList");
        assertThat(credentials.verify(bo.embedded()).checks()).last().isEqualTo(new Check("verify.status", true));
        HttpResponse<String> first = get(list, null);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=5");
        assertThat(first.body()).contains("\"revokedCredential\":[]", "\"issuer\":\"did:web:");

        publish(new AwardsSuspended(course.tenant(), List.of(both.get(0))));
        takeBack(course, both.get(1), "A private word.");
        await().atMost(PATIENCE).until(() -> !credentials.verify(cy.embedded()).valid());
        String now = get(list, null).body();
        assertThat(now)
                .contains("urn:uuid:" + cy.publicId(), "urn:uuid:" + bo.publicId())
                .contains("\"id\":\"" + list)
                .doesNotContain("private");
        assertThat(credentials.verify(bo.embedded()).suspended()).isTrue();
        publish(new AwardsReinstated(course.tenant(), both));
        await().atMost(PATIENCE).until(() -> credentials.verify(bo.embedded()).valid());
        assertThat(credentials.verify(cy.embedded()).valid()).isFalse();

        publish(new AwardsSuperseded(course.tenant(), List.of(both.get(0))));
        publish(new AwardsSuspended(course.tenant(), List.of(both.get(0))));
        publish(new AwardsReinstated(course.tenant(), both));
        await().atMost(PATIENCE).until(() -> reason(list, bo).contains("Superseded"));
        Award erased = awards.decide(course, awards.person(course, "di"));
        StoredCredential di = signed(course, erased);
        erasures.erase(course.tenant(), erased.personId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reason(list, di)).isEqualTo("No longer in force"));
        assertThat(reason(list, cy)).as("who was erased is nobody's business").isEqualTo(reason(list, di));

        assertThat(status(old).index()).isNotNull();
        assertThat(credentials.verify(old.embedded()).valid()).isTrue();
    }

    /** Why a credential is in the list; empty where it is not. */
    private static String reason(String list, StoredCredential stored) throws Exception {
        return JsonBytes.parse(get(list, null).body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .getJsonArray("revokedCredential")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(entry -> entry.getString("id").equals("urn:uuid:" + stored.publicId()))
                .map(entry -> entry.getString("revocationReason"))
                .findFirst()
                .orElse("");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Test
    void aListIsReadByAnybodyAndCostsNothingWhereItIsUnchanged() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award award = awards.decide(course, awards.person(course, "ada"));
        String list = status(signed(course, award)).list();

        HttpResponse<String> first = get(list, null);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("Content-Type")).contains("application/vc");
        assertThat(first.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age=5");
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(first.headers().firstValue("Set-Cookie")).isEmpty();
        HttpResponse<String> unchanged = get(list, tag);
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.headers().firstValue("Cache-Control").orElseThrow())
                .contains("max-age=5");

        takeBack(course, award, "Wrong.");
        await().atMost(PATIENCE).until(() -> get(list, tag).statusCode() == 200);
        HttpResponse<String> none = get(publicUrl.at("/status-lists/" + UUID.randomUUID()), null);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
    }

    private void publish(Object event) {
        transaction.executeWithoutResult(status -> events.publishEvent(event));
    }

    @Test
    void whatIsSaidOfBadgesOfSeveralIssuersLocksTheirListsInTheOrderOfTheirNumbers() {
        Course first = awards.course(TestAwards.draft("Essayist"));
        Course second = awards.courseAt(first.tenant(), first.contextId() + 1, TestAwards.draft("Sketching"), 1);
        long ada = awards.person(first, "ada");
        long grace = awards.person(first, "grace");
        // The issuer who came later has the older list.
        signed(second, awards.decide(second, ada));
        signed(first, awards.decide(first, ada));
        await().atMost(PATIENCE)
                .until(() -> count(first, "AND (signed_revision IS NULL OR signed_revision < revision)") == 0
                        && count(first, "") == 2);
        List<Award> both = List.of(
                awards.add(first, List.of(grace)).get(0),
                awards.add(second, List.of(grace)).get(0));

        CompletableFuture<Void> saying = transaction.execute(status -> {
            lock(first, "ASC LIMIT 1 FOR UPDATE");
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> transaction.executeWithoutResult(
                    inner -> events.publishEvent(new AwardsSuspended(first.tenant(), both))));
            assertThatThrownBy(() -> other.get(1, TimeUnit.SECONDS))
                    .as("it waits for the older list")
                    .isInstanceOf(TimeoutException.class);
            assertThatCode(() -> lock(first, "DESC LIMIT 1 FOR UPDATE NOWAIT"))
                    .as("and has not the newer one")
                    .doesNotThrowAnyException();
            return other;
        });

        assertThat(saying).succeedsWithin(PATIENCE);
    }

    private int count(Course course, String which) {
        return jdbc.sql("SELECT COUNT(*) FROM status_list WHERE tenant_id = ? " + which)
                .param(course.tenant().value())
                .query(Integer.class)
                .single();
    }

    private void lock(Course course, String which) {
        jdbc.sql("SELECT id FROM status_list WHERE tenant_id = ? ORDER BY id " + which)
                .param(course.tenant().value())
                .query(Long.class)
                .single();
    }

    private StoredCredential signed(Course course, Award award) {
        return await().atMost(PATIENCE)
                .until(() -> credentials.find(course.tenant(), award.id()), java.util.Optional::isPresent)
                .orElseThrow();
    }

    private static CredentialStatus status(StoredCredential stored) {
        return CredentialStatus.read(JsonBytes.parse(stored.embedded()).getJsonObject("credentialStatus"));
    }

    private List<Integer> set(CredentialStatus status) throws Exception {
        JsonObject list =
                JsonBytes.parse(get(status.list(), null).body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        StatusBits bits =
                StatusBits.decode(list.getJsonObject("credentialSubject").getString("encodedList"));
        return IntStream.range(0, StatusBits.SIZE).filter(bits::isSet).boxed().toList();
    }

    private static HttpResponse<String> get(String url, @org.jspecify.annotations.Nullable String tag)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void takeBack(Course course, Award award, String reason) {
        transaction.executeWithoutResult(
                status -> revocations.takeBack(course.tenant(), List.of(award), reason, 1, Instant.now()));
    }
}
