package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.IssuerKeyring;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.proof.Jwk;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A newer archive of an institution comes to where an older one of it is. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class BroughtAgainIntegrationTests {

    @Autowired
    TestAwards awards;

    @Autowired
    TestArchives archived;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Revocations revocations;

    @Autowired
    IssuerKeyring keyring;

    @Autowired
    Arrived arrived;

    @Autowired
    Credentials credentials;

    @Autowired
    ArrivedLists lists;

    @Autowired
    ArrivalJob job;

    @Autowired
    ArrivalRepository arrivals;

    @Autowired
    LeavingIssuers own;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JdbcTemplate template;

    private final TenantId elsewhere = TestArchives.tenant();

    /** Its list says already that it is in force again, and its own row does not yet. */
    @Test
    void whatIsTakenBackWhileAnArchiveComesInStaysSoAlthoughTheArchiveHasItInForce() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        archived.suspend(course, ada);
        comesIn(archived.archive(course.tenant()));
        archived.reinstate(course, ada);
        long newer = archived.receivedWithoutAJob(elsewhere, archived.archive(course.tenant()));
        ArrivedRepository dying = new ArrivedRepository(jdbc, template) {

            @Override
            void addForms(TenantId tenant, List<Form> forms) {
                throw new Died();
            }
        };
        assertThatExceptionOfType(Died.class)
                .isThrownBy(
                        () -> archived.node(arrivals, dying, transaction, clock).run(elsewhere, Long.toString(newer)));
        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.ARRIVING);
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);

        assertThat(arrived.withdraw(elsewhere, issuer, ada.publicId(), 7)).isTrue();
        assertThat(arrived.withdraw(elsewhere, issuer, ada.publicId(), 7))
                .as("twice")
                .isFalse();
        job.run(elsewhere, Long.toString(newer));

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(credential(ada).notInForceSince()).isNotNull();
        assertThat(isWithdrawn(ada)).isTrue();
    }

    @Test
    void whatWasSuspendedIsTakenBackForGoodAndNoArchiveBringsItBack() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = archived.signed(course, "ada", "bo");
        archived.suspend(course, all.get(0));
        archived.suspend(course, all.get(1));
        comesIn(archived.archive(course.tenant()));
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);

        assertThat(arrived.withdraw(elsewhere, issuer, all.get(0).publicId(), 7))
                .isTrue();

        assertThat(isWithdrawn(all.get(0))).isTrue();
        assertThat(isSuspended(all.get(0))).as("for a while only").isFalse();
        assertThat(isSuspended(all.get(1))).isTrue();
        archived.reinstate(course, all.get(0));
        comesIn(archived.archive(course.tenant()));
        assertThat(credential(all.get(0)).notInForceSince()).isNotNull();
        assertThat(isWithdrawn(all.get(0))).isTrue();
    }

    @Test
    void anInstitutionWhoseKeyWasStolenLeavesWithWhatWasTakenBackBeforeAndNotSignedAnew() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        transaction.executeWithoutResult(
                status -> revocations.takeBack(course.tenant(), List.of(ada), "Wrong.", 1, clock.instant()));
        keyring.wereStolen(course.tenant(), course.issuer().id(), 7);

        comesIn(archived.archive(course.tenant()));

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
        assertThat(credential(ada).notInForceSince()).isNotNull();
        assertThat(isWithdrawn(ada)).isTrue();
    }

    /** The list was changed here, and at home in another way. */
    @Test
    void whatWasTakenBackHereAndWhatWasTakenBackAtHomeSinceAreBothNotInForce() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = archived.signed(course, "ada", "bo");
        Award ada = all.get(0);
        Award bo = all.get(1);
        comesIn(archived.archive(course.tenant()));
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);
        arrived.withdraw(elsewhere, issuer, ada.publicId(), 7);
        archived.suspend(course, bo);

        comesIn(archived.archive(course.tenant()));

        assertThat(credential(bo).notInForceSince()).isNotNull();
        assertThat(isWithdrawn(bo)).isTrue();
        assertThat(isSuspended(bo)).isTrue();
        assertThat(isWithdrawn(ada)).isTrue();
        assertThat(isSuspended(ada)).isFalse();
        archived.reinstate(course, bo);
        comesIn(archived.archive(course.tenant()));
        assertThat(credential(bo).notInForceSince()).isNull();
        assertThat(isWithdrawn(bo)).isFalse();
        assertThat(isWithdrawn(ada)).isTrue();
        assertThat(credential(ada).notInForceSince()).isNotNull();
    }

    /** It is the first here again, by its number. */
    @Test
    void aVerifierThatKnowsAListReadsTheNextOneAnew() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        comesIn(archived.archive(course.tenant()));
        URI address = URI.create(
                arrived.addresses(elsewhere, arrived.issuers(elsewhere).get(0)).stream()
                        .filter(each ->
                                each.endsWith("/status-lists/" + credential(ada).listId()))
                        .findFirst()
                        .orElseThrow());
        String tag = ask(address, "\"none\"").headers().firstValue("ETag").orElseThrow();
        assertThat(ask(address, tag).statusCode()).isEqualTo(304);
        archived.suspend(course, ada);

        comesIn(archived.archive(course.tenant()));

        HttpResponse<String> newer = ask(address, tag);
        assertThat(newer.statusCode()).isEqualTo(200);
        assertThat(ArrivedList.parse(newer.body().getBytes(StandardCharsets.UTF_8))
                        .withdraws(ada.publicId(), credential(ada).place()))
                .isTrue();
    }

    /** The {@code kid} of a JWT is the address of its key. */
    @Test
    void theKeysThatJwtsNameStandHereAndAreNamedToWhoeverServesTheOldAddress() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = archived.signed(course, "ada").get(0);
        byte[] jwt = Objects.requireNonNull(
                credentials.find(course.tenant(), ada.id()).orElseThrow().jwt());
        VcJwt.Header header = VcJwt.header(jwt);
        comesIn(archived.archive(course.tenant()));

        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);
        String fragment = header.kid().substring(header.kid().lastIndexOf("/keys/"));
        String address = arrived.addresses(elsewhere, issuer).stream()
                .filter(each -> each.endsWith(fragment))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> key = ask(URI.create(address), "\"none\"");

        assertThat(key.statusCode()).isEqualTo(200);
        VcJwt.requireSignature(jwt, header.alg(), Jwk.publicKey(key.body()));
        assertThat(ask(URI.create(address + "x"), "\"none\"").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> ask(URI address, String known) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .header("If-None-Match", known)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private void comesIn(byte[] archive) throws IOException {
        job.run(elsewhere, Long.toString(archived.receivedWithoutAJob(elsewhere, archive)));
        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
    }

    private ArrivedCredential credential(Award award) {
        return arrived.credential(elsewhere, arrived.issuers(elsewhere).get(0), award.publicId())
                .orElseThrow();
    }

    private boolean isWithdrawn(Award award) {
        ArrivedCredential here = credential(award);
        return ArrivedList.parse(list(here).signed()).withdraws(here.id(), here.place());
    }

    private boolean isSuspended(Award award) {
        ArrivedCredential here = credential(award);
        return ArrivedList.parse(Objects.requireNonNull(list(here).suspensions()))
                .withdraws(here.id(), here.place());
    }

    private ArrivedListRepository.StatusList list(ArrivedCredential here) {
        return lists.find(arrived.issuers(elsewhere).get(0).arrivalId(), Objects.requireNonNull(here.listId()))
                .orElseThrow()
                .list();
    }

    private static final class Died extends Error {

        private static final long serialVersionUID = 1L;
    }
}
