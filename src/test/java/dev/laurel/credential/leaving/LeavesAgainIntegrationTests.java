package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.fall.Revocations;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.ServedStatically;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

/** An institution leaves a Laurel to which it had come with badges from another one. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class LeavesAgainIntegrationTests {

    @Autowired
    TestAwards awards;

    @Autowired
    TestArchives archived;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivedRepository repository;

    @Autowired
    ArrivedListRepository lists;

    @Autowired
    ArrivalJob job;

    @Autowired
    SiteNames site;

    @Autowired
    Revocations revocations;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Clock clock;

    private final TenantId third = TestArchives.tenant();

    @Test
    void whatCameFromElsewhereLeavesAgainAndWhatWasTakenBackMeanwhileStaysSo() throws Exception {
        Course first = awards.course(TestAwards.draft("Essayist"));
        List<Award> old = archived.signed(first, "ada", "bo", "cy");
        archived.suspend(first, old.get(2));
        byte[] firstArchive = archived.archive(first.tenant());
        Course second = awards.course(TestAwards.draft("Reader"));
        Award own = archived.signed(second, "di").get(0);
        comesIn(second.tenant(), firstArchive);
        ArrivedIssuer there = arrived.issuers(second.tenant()).get(0);
        assertThat(arrived.withdraw(second.tenant(), there, old.get(0).publicId(), 7))
                .isTrue();
        byte[] secondArchive = archived.archive(second.tenant());

        ArchiveArrival arrival = comesIn(third, secondArchive);

        assertThat(arrival.issuers()).isEqualTo(2);
        assertThat(arrival.badgesNew()).isEqualTo(4);
        assertThatOnlyTheSecondAndItsOwnCount(old, own);
        comesIn(third, firstArchive);
        assertThatOnlyTheSecondAndItsOwnCount(old, own);
        ArrivedIssuer here = issuerOf(old.get(1));
        assertThat(arrived.withdraw(third, here, old.get(1).publicId(), 7))
                .as("its keys came as well")
                .isTrue();
        assertThat(verdict(old.get(1), false)).isEqualTo(Verdict.INVALID);
    }

    private void assertThatOnlyTheSecondAndItsOwnCount(List<Award> old, Award own) {
        for (boolean jwt : List.of(true, false)) {
            assertThat(verdict(old.get(0), jwt)).as("taken back").isEqualTo(Verdict.INVALID);
            assertThat(verdict(old.get(1), jwt)).isEqualTo(Verdict.VALID);
            assertThat(verdict(old.get(2), jwt)).as("suspended").isEqualTo(Verdict.INVALID);
            assertThat(verdict(own, jwt)).isEqualTo(Verdict.VALID);
        }
        assertThat(credential(old.get(0)).notInForceSince()).isNotNull();
        assertThat(credential(old.get(1)).notInForceSince()).isNull();
    }

    @Test
    void whatStoodAtTheAddressOfAnotherLaurelHasAFolderOfItsOwn() {
        String id = "0b5e0c0e-4a3a-4a5c-8a5b-6f1d2f0a9c11";

        String folder = site.elsewhere("did:web:badges.old.example%3A8443:laurel:issuers:" + id);

        assertThat(folder).isEqualTo("site/former/badges.old.example-8443/laurel/");
        assertThat(ArchiveNames.asPublicIssuer(folder + "issuers/" + id + "/did.json"))
                .isPresent();
        assertThat(ArchiveNames.asStatusList(folder + "status-lists/" + id + "/suspensions"))
                .isPresent();
        assertThat(ArchiveNames.isOnlyForReaders(folder + "issuers/" + id + "/keys/rs256-1"))
                .isTrue();
    }

    /** The archive of the second was saved last, and what it says of what it had brought is older than that of the first. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasTakenBackInEitherOfTwoPlacesStaysSoAndOtherwiseTheNewerWordCounts(boolean secondFirst)
            throws Exception {
        Course first = awards.course(TestAwards.draft("Essayist"));
        TenantId second = TestArchives.tenant();
        List<Award> all = archived.signed(first, "ada", "bo", "cy", "di");
        archived.suspend(first, all.get(3));
        comesIn(second, archived.archive(first.tenant()));
        transaction.executeWithoutResult(
                status -> revocations.takeBack(first.tenant(), List.of(all.get(1)), "Wrong.", 1, clock.instant()));
        archived.suspend(first, all.get(2));
        archived.reinstate(first, all.get(3));
        byte[] ofFirst = archived.archive(first.tenant());
        arrived.withdraw(second, arrived.issuers(second).get(0), all.get(0).publicId(), 7);
        byte[] ofSecond = archived.archive(second);

        ArchiveArrival one = comesIn(third, secondFirst ? ofSecond : ofFirst);
        ArchiveArrival other = comesIn(third, secondFirst ? ofFirst : ofSecond);

        assertThat(one.issuersOlder()).isZero();
        assertThat(one.withdrawalsKept()).isZero();
        assertThat(other.issuersOlder()).isEqualTo(secondFirst ? 0 : 1);
        assertThat(other.withdrawalsKept()).isEqualTo(1);
        assertThat(other.savedAt()).isNotNull();
        assertThat(all)
                .extracting(award -> verdict(award, false))
                .containsExactly(Verdict.INVALID, Verdict.INVALID, Verdict.INVALID, Verdict.VALID);
        assertThat(all)
                .extracting(award -> credential(award).notInForceSince() == null)
                .containsExactly(false, false, false, true);
        assertThat(all.subList(0, 3))
                .extracting(this::isSuspended)
                .as("for now only")
                .containsExactly(false, false, true);
    }

    /** Then all of it is as new as the archive. */
    @Test
    void anArchiveThatDoesNotSayHowNewItsWordOfAnIssuerIsIsReadAsWell() throws Exception {
        Course first = awards.course(TestAwards.draft("Essayist"));
        TenantId second = TestArchives.tenant();
        Award ada = archived.signed(first, "ada").get(0);
        comesIn(second, archived.archive(first.tenant()));
        byte[] earlier = TestArchives.resealed(archived.archive(second), entries -> {
            entries.replaceAll((name, content) -> name.endsWith("/issuer.json")
                    ? JsonBytes.write(JsonBytes.JSON
                            .createObjectBuilder(JsonBytes.parse(content))
                            .remove("asOf")
                            .build())
                    : content);
            return entries;
        });

        ArchiveArrival arrival = comesIn(third, earlier);

        assertThat(arrival.badgesNew()).isEqualTo(1);
        assertThat(issuerOf(ada).asOf())
                .isEqualTo(arrival.savedAt())
                .isAfter(arrived.issuers(second).get(0).asOf());
    }

    private boolean isSuspended(Award award) {
        ArrivedCredential here = credential(award);
        return ArrivedList.parse(Objects.requireNonNull(
                        lists.find(issuerOf(award).arrivalId(), Objects.requireNonNull(here.listId()))
                                .orElseThrow()
                                .list()
                                .suspensions()))
                .withdraws(here.id(), here.place());
    }

    private ArchiveArrival comesIn(TenantId tenant, byte[] archive) throws IOException {
        long id = archived.receivedWithoutAJob(tenant, archive);
        job.run(tenant, Long.toString(id));
        ArchiveArrival arrival = imports.find(tenant, id).orElseThrow();
        assertThat(arrival.state()).isEqualTo(State.DONE);
        return arrival;
    }

    /** By a verifier that reads only what the third Laurel has for the old address. */
    private Verdict verdict(Award award, boolean jwt) {
        ArrivedIssuer issuer = issuerOf(award);
        byte[] badge = arrived.bytes(third, credential(award), jwt).orElseThrow();
        byte[] document =
                repository.published(issuer.arrivalId(), Published.DID_DOCUMENT).orElseThrow();
        String address = "//" + ArrivedKeys.address(issuer.did());
        Map<String, byte[]> files = new HashMap<>();
        files.put(address + "/did.json", document);
        KeysOfJwts.of(document).forEach((name, key) -> files.put(address + "/keys/" + name, key));
        lists.of(third, issuer.id()).forEach(each -> {
            byte[] list = lists.find(issuer.arrivalId(), each.place().list())
                    .orElseThrow()
                    .list()
                    .signed();
            files.put(JsonBytes.parse(list).getString("id").replaceFirst("^https?:", ""), list);
        });
        return ServedStatically.verifier(files, clock).verify(badge).verdict();
    }

    private ArrivedIssuer issuerOf(Award award) {
        return arrived.issuers(third).stream()
                .filter(issuer ->
                        arrived.credential(third, issuer, award.publicId()).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private ArrivedCredential credential(Award award) {
        return arrived.credential(third, issuerOf(award), award.publicId()).orElseThrow();
    }
}
