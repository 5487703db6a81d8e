package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/** A list of the ids of what is not in force grows with each badge that is taken back, and still arrives. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
class LargeListsIntegrationTests {

    private static final int WITHDRAWN = 20_000;

    @Autowired
    TestAwards awards;

    @Autowired
    TestArchives archived;

    @Autowired
    CredentialFormats formats;

    @Autowired
    ArchiveImport imports;

    @Autowired
    ArrivalJob job;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivedLists lists;

    @Test
    void aListOfTwentyThousandIdsArrivesAndTakesOneMore() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        formats.choose(
                course.tenant(), new CredentialFormat(CredentialFormat.Jwt.RS256, CredentialFormat.Status.IDS), 1);
        Award ada = archived.signed(course, "ada").get(0);
        Award bo = archived.signed(course, "bo").get(0);
        archived.suspend(course, bo);
        byte[] archive = TestArchives.resealed(archived.archive(course.tenant()), LargeListsIntegrationTests::grown);
        TenantId elsewhere = TestArchives.tenant();

        job.run(elsewhere, Long.toString(archived.receivedWithoutAJob(elsewhere, archive)));

        assertThat(imports.latest(elsewhere).orElseThrow().state()).isEqualTo(State.DONE);
        ArrivedIssuer issuer = arrived.issuers(elsewhere).get(0);
        ArrivedCredential adas =
                arrived.credential(elsewhere, issuer, ada.publicId()).orElseThrow();
        assertThat(adas.notInForceSince()).isNull();
        assertThat(arrived.credential(elsewhere, issuer, bo.publicId())
                        .orElseThrow()
                        .notInForceSince())
                .isNotNull();
        assertThat(arrived.withdraw(elsewhere, issuer, ada.publicId(), 7)).isTrue();
        UUID list = adas.listId();
        assertThat(list).isNotNull();
        ArrivedList after = ArrivedList.parse(
                lists.find(issuer.arrivalId(), list).orElseThrow().list().signed());
        assertThat(after.json().getJsonArray("revokedCredential")).hasSize(WITHDRAWN + 2);
        assertThat(after.withdraws(ada.publicId(), null)).isTrue();
    }

    private static Map<String, byte[]> grown(Map<String, byte[]> entries) {
        String list = entries.keySet().stream()
                .filter(name -> name.startsWith("site/status-lists/"))
                .findFirst()
                .orElseThrow();
        JsonObject before = JsonBytes.parse(entries.get(list));
        JsonArrayBuilder revoked = JsonBytes.JSON.createArrayBuilder(before.getJsonArray("revokedCredential"));
        Random random = new Random(7);
        for (int i = 0; i < WITHDRAWN; i++) {
            revoked.add(JsonBytes.JSON
                    .createObjectBuilder()
                    .add("id", "urn:uuid:" + new UUID(random.nextLong(), random.nextLong()))
                    .add("revoked", true)
                    .add("revocationReason", "Taken back by its issuer"));
        }
        entries.put(
                list,
                JsonBytes.write(JsonBytes.JSON
                        .createObjectBuilder(before)
                        .add("revokedCredential", revoked)
                        .build()));
        return entries;
    }
}
