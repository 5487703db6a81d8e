package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

/** Whoever has an archive and its passphrase can seal and sign anything with its keys. It is refused all the same, as a whole. */
@LaurelTest
@Import({TestAwards.class, TestArchives.class})
@ExtendWith(OutputCaptureExtension.class)
class ForgedArchivesIntegrationTests {

    @Autowired
    TestAwards awards;

    @Autowired
    TestArchives archived;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivalJob job;

    @Autowired
    EddsaRdfc2022 suite;

    private final TenantId elsewhere = TestArchives.tenant();

    private Course course;

    private Award ada;

    private byte[] archive;

    @BeforeEach
    void leave() throws IOException {
        course = awards.course(TestAwards.draft("Essayist"));
        ada = archived.signed(course, "ada").get(0);
        archive = archived.archive(course.tenant());
    }

    @Test
    void whatIsSealedAnewAsItWasComesIn() throws Exception {
        assertThat(comes(entries -> entries).state()).isEqualTo(State.DONE);
    }

    @Test
    void listsOfTwoIssuersArriveEachWithItsOwn() throws Exception {
        Course next =
                awards.courseAt(course.tenant(), course.contextId() + 1_000_000_000L, TestAwards.draft("Reader"), 7);
        Award bo = archived.signed(next, "bo").get(0);
        archived.suspend(next, bo);
        archive = archived.archive(course.tenant());

        assertThat(comes(entries -> entries))
                .extracting(ArchiveArrival::state, ArchiveArrival::issuers, ArchiveArrival::badgesNew)
                .containsExactly(State.DONE, 2, 2);

        List<ArrivedIssuer> issuers = arrived.issuers(elsewhere);
        assertThat(issuers).hasSize(2).allSatisfy(issuer -> {
            ArrivedCredential only =
                    arrived.credentials(elsewhere, issuer, 0, 10).get(0);
            assertThat(only.notInForceSince() != null).isEqualTo(only.id().equals(bo.publicId()));
            assertThat(arrived.addresses(elsewhere, issuer))
                    .filteredOn(address -> address.contains("/status-lists/"))
                    .singleElement()
                    .asString()
                    .endsWith("/status-lists/" + only.listId());
            assertThat(arrived.withdraw(elsewhere, issuer, only.id(), 7)).isTrue();
        });
    }

    @Test
    void aBadgeWithTheNumberOfAnotherIssuersBadgeIsRefused() throws Exception {
        Course other = awards.course(TestAwards.draft("Reader"));
        Award bo = archived.signed(other, "bo").get(0);
        byte[] theirs = archived.archive(other.tenant());
        assertThat(comes(entries -> entries).state()).isEqualTo(State.DONE);
        archive = theirs;

        assertThat(comes(entries -> renumbered(entries, bo.publicId(), ada.publicId()))
                        .refusal())
                .isEqualTo(Reason.OTHER_ISSUER);

        assertThat(arrived.issuers(elsewhere)).hasSize(1);
    }

    @Test
    void aBadgeThatIsByOneIssuerInOneFormAndByAnotherInTheNextIsRefused() throws Exception {
        Course next =
                awards.courseAt(course.tenant(), course.contextId() + 1_000_000_000L, TestAwards.draft("Reader"), 7);
        archived.signed(next, "bo");
        archive = archived.archive(course.tenant());
        String form = ArchiveNames.credential(ada.publicId(), "as-issued.json");

        refused(Reason.SIGNATURE, entries -> {
            JsonObject credential = JsonBytes.parse(entries.get(form));
            String others = didOf(entries, credential.getJsonObject("issuer").getString("id"));
            JsonObject claimed = JsonBytes.JSON
                    .createObjectBuilder(credential)
                    .add(
                            "issuer",
                            JsonBytes.JSON
                                    .createObjectBuilder(credential.getJsonObject("issuer"))
                                    .add("id", others))
                    .build();
            byte[] second = signed(entries, others, claimed);
            Map<String, byte[]> after = new LinkedHashMap<>();
            entries.forEach((name, content) -> {
                after.put(name, content);
                if (name.equals(form)) {
                    after.put(ArchiveNames.credential(ada.publicId(), "without-level.json"), second);
                }
            });
            return after;
        });
    }

    @Test
    void suspensionsOfAListThatIsAnotherIssuersAreRefused() throws Exception {
        Course next =
                awards.courseAt(course.tenant(), course.contextId() + 1_000_000_000L, TestAwards.draft("Reader"), 7);
        archived.signed(next, "bo");
        archive = archived.archive(course.tenant());

        refused(Reason.DAMAGED, entries -> {
            String name = entries.keySet().stream()
                    .filter(each -> each.endsWith("/suspensions"))
                    .findFirst()
                    .orElseThrow();
            JsonObject list = JsonBytes.parse(entries.get(name));
            String others = didOf(entries, list.getString("issuer"));
            entries.put(
                    name,
                    signed(
                            entries,
                            others,
                            JsonBytes.JSON
                                    .createObjectBuilder(list)
                                    .add("issuer", others)
                                    .build()));
            return entries;
        });
    }

    @Test
    void whatIsNotWhatLaurelWritesLeavesALineInTheLog(CapturedOutput output) throws Exception {
        refused(
                Reason.DAMAGED,
                entries -> replaced(
                        entries, "/issuer.json", "\"createdAt\":\"", "\"createdAt\":\"yesterday\",\"was\":\""));

        assertThat(output)
                .containsPattern(
                        "Archive \\d+ of tenant \\d+ is damaged: \\S*DateTimeParseException after \\d+ entries");
    }

    @Test
    void yearsThatNobodyLivesInAreRefused() throws Exception {
        for (String year : List.of("0001", "9999", "+12026", "+999999999")) {
            refused(
                    Reason.DAMAGED,
                    entries -> replaced(
                            entries,
                            "/about.json",
                            "\"id\"",
                            "\"notInForceSince\":\"" + year + "-01-01T00:00:00Z\",\"id\""));
            refused(
                    Reason.DAMAGED,
                    entries -> replaced(
                            entries,
                            "/issuer.json",
                            "\"createdAt\":\"",
                            "\"createdAt\":\"" + year + "-01-01T00:00:00Z\",\"was\":\""));
            refused(
                    Reason.NOT_AN_ARCHIVE,
                    entries -> replaced(
                            entries,
                            "archive.json",
                            "\"madeAt\":\"",
                            "\"madeAt\":\"" + year + "-01-01T00:00:00Z\",\"was\":\""));
        }
    }

    @Test
    void whatHasNoRoomHereIsRefused() throws Exception {
        String longName = "k".repeat(200);
        refused(Reason.DAMAGED, entries -> {
            String secret = named(entries, "/keys.jwe");
            String described = named(entries, "/issuer.json");
            String fragment = JsonBytes.parse(entries.get(described))
                    .getJsonArray("keys")
                    .getJsonObject(0)
                    .getString("fragment");
            ArchiveKey key = ArchiveKey.open(entries.get(ArchiveNames.KEY), TestArchives.PASSPHRASE);
            String open = new String(key.decrypt(entries.get(secret)), StandardCharsets.UTF_8);
            entries.put(secret, key.encrypt(open.replace(fragment, longName).getBytes(StandardCharsets.UTF_8)));
            // It is no key that signed anything here, so all of its badges stay verifiable by the others.
            return without(replaced(entries, "/issuer.json", fragment, longName), "credentials/", "site/status-lists/");
        });
    }

    private void refused(Reason reason, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        Reason before;
        try {
            before = comes(change).refusal();
        } catch (ArchiveRefusedException e) {
            before = e.reason();
        }
        assertThat(before).isEqualTo(reason);
        assertThat(arrived.issuers(elsewhere)).isEmpty();
        archived.assertNothingIsKept(elsewhere);
    }

    private ArchiveArrival comes(UnaryOperator<Map<String, byte[]>> change) throws IOException {
        long id = archived.receivedWithoutAJob(elsewhere, TestArchives.resealed(archive, change));
        job.run(elsewhere, Long.toString(id));
        return imports.find(elsewhere, id).orElseThrow();
    }

    /** One badge of the archive as another one, signed as that by its own issuer. */
    private Map<String, byte[]> renumbered(Map<String, byte[]> entries, UUID badge, UUID as) {
        Map<String, byte[]> after = new LinkedHashMap<>();
        entries.forEach((name, content) -> {
            if (name.endsWith("as-issued.json")) {
                JsonObject credential = JsonBytes.parse(content);
                after.put(
                        ArchiveNames.credential(as, "as-issued.json"),
                        signed(
                                entries,
                                credential.getJsonObject("issuer").getString("id"),
                                JsonBytes.JSON
                                        .createObjectBuilder(credential)
                                        .add("id", "urn:uuid:" + as)
                                        .build()));
            } else if (!name.endsWith(".jwt")) {
                after.put(name.replace(badge.toString(), as.toString()), content);
            }
        });
        return after;
    }

    private static String named(Map<String, byte[]> entries, String end) {
        return entries.keySet().stream()
                .filter(name -> name.endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    /** Of an issuer of the archive other than this one. */
    private static String didOf(Map<String, byte[]> entries, String other) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("/issuer.json"))
                .map(entry -> JsonBytes.parse(entry.getValue()).getString("did"))
                .filter(did -> !did.equals(other))
                .findFirst()
                .orElseThrow();
    }

    private byte[] signed(Map<String, byte[]> entries, String did, JsonObject json) {
        UUID issuer = UUID.fromString(did.substring(did.lastIndexOf(':') + 1));
        String fragment = JsonBytes.parse(entries.get(ArchiveNames.issuer(issuer, "issuer.json")))
                .getJsonArray("keys")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(key -> key.getString("algorithm").equals("Ed25519"))
                .map(key -> key.getString("fragment"))
                .findFirst()
                .orElseThrow();
        byte[] secret = ArchiveKey.open(entries.get(ArchiveNames.KEY), TestArchives.PASSPHRASE)
                .decrypt(entries.get(ArchiveNames.issuer(issuer, "keys.jwe")));
        byte[] seed = JsonBytes.parse(secret).getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                .filter(key -> key.getString("fragment").equals(fragment))
                .map(key -> Base64.getUrlDecoder().decode(key.getString("private")))
                .findFirst()
                .orElseThrow();
        return JsonBytes.write(suite.sign(
                JsonBytes.JSON.createObjectBuilder(json).remove("proof").build(),
                Ed25519.signer(did + "#" + fragment, seed),
                Instant.now()));
    }

    private static Map<String, byte[]> without(Map<String, byte[]> entries, String... starts) {
        entries.keySet().removeIf(name -> List.of(starts).stream().anyMatch(name::startsWith));
        return entries;
    }

    private static Map<String, byte[]> replaced(Map<String, byte[]> entries, String end, String before, String after) {
        int[] replaced = {0};
        entries.replaceAll((name, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            if (!name.endsWith(end) || !text.contains(before)) {
                return content;
            }
            replaced[0]++;
            return text.replace(before, after).getBytes(StandardCharsets.UTF_8);
        });
        assertThat(replaced[0]).as(end).isPositive();
        return entries;
    }
}
