package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.LaurelTest;
import dev.laurel.award.Award;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.context.Erasures;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lms.Browser;
import lms.Page;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** An institution leaves and arrives elsewhere: its badges say, prove and lose what they did before. */
@LaurelTest
@Import(TestAwards.class)
class IssuerArchivesIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String PASSPHRASE = "four plain words tögether";

    @Autowired
    TestAwards awards;

    @Autowired
    Credentials credentials;

    @Autowired
    CredentialFormats formats;

    @Autowired
    IssuerArchives archives;

    @Autowired
    ArchiveImport imports;

    @Autowired
    Arrived arrived;

    @Autowired
    ArrivedRepository repository;

    @Autowired
    Erasures erasures;

    @Autowired
    EddsaRdfc2022 suite;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatLeavesArrivesToTheByteAndWhatIsNotInForceStaysSo() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist „漢字”"));
        List<Award> all = awards.decide(course, "ada", "bo", "cy");
        all.forEach(award -> signed(course, award));
        suspend(course, all.get(1));
        TenantId elsewhere = tenant();

        byte[] archive = archive(course.tenant());
        Arrival arrival = bring(elsewhere, archive);

        assertThat(arrival).isEqualTo(new Arrival(1, 3));
        ArrivedIssuer issuer = onlyIssuer(elsewhere);
        assertThat(issuer.did())
                .isEqualTo(credentials.dids(course.issuer().publicId()).get(0));
        assertThat(new String(TestArchives.entries(archive).get("check.html"), StandardCharsets.UTF_8))
                .contains(issuer.did(), "Essayist „漢字”")
                .contains("credentials/" + signed(course, all.get(0)).publicId() + "/as-issued.json")
                .contains(all.stream()
                        .map(award -> new String(
                                Objects.requireNonNull(signed(course, award).jwt()), StandardCharsets.US_ASCII))
                        .toList());
        assertThat(issuer.name()).isEqualTo(course.issuer().name());
        for (Award award : all) {
            ArrivedCredential here =
                    arrived.credential(elsewhere, issuer, award.publicId()).orElseThrow();
            StoredCredential there = signed(course, award);
            assertThat(here.badge()).isEqualTo("Essayist „漢字”");
            assertThat(arrived.bytes(elsewhere, here, false)).hasValue(there.embedded());
            assertThat(arrived.bytes(elsewhere, here, true)).hasValue(there.jwt());
            boolean suspended = award.id() == all.get(1).id();
            assertThat(here.notInForceSince() != null).isEqualTo(suspended);
            assertThat(credentials.verify(there.embedded()).valid()).isEqualTo(!suspended);
            assertThat(list(issuer, here).isSet(here.place())).isEqualTo(suspended);
            assertThat(bits(published(issuer, here, "/suspensions")).isSet(here.place()))
                    .isEqualTo(suspended);
        }
    }

    @Test
    void itsKeysCanStillTakeABadgeBackUnderTheOldAddressAndNoSecondArchiveBringsThatBack() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        List<Award> all = awards.decide(course, "ada", "bo");
        all.forEach(award -> signed(course, award));
        byte[] archive = archive(course.tenant());
        TenantId elsewhere = tenant();
        bring(elsewhere, archive);
        ArrivedIssuer issuer = onlyIssuer(elsewhere);
        UUID ada = all.get(0).publicId();

        assertThat(arrived.withdraw(elsewhere, issuer, ada, 7)).isTrue();
        assertThat(arrived.withdraw(elsewhere, issuer, ada, 7)).as("twice").isFalse();

        ArrivedCredential here = arrived.credential(elsewhere, issuer, ada).orElseThrow();
        assertThat(list(issuer, here).isSet(here.place())).isTrue();
        JsonObject list = published(issuer, here);
        assertThat(list.getString("id"))
                .isEqualTo(JsonBytes.parse(signed(course, all.get(0)).embedded())
                        .getJsonObject("credentialStatus")
                        .getString("statusListCredential"));
        String key = repository.keys(elsewhere, issuer.id()).stream()
                .filter(each -> each.algorithm().equals("Ed25519"))
                .findFirst()
                .orElseThrow()
                .publicKey();
        assertThat(suite.verify(list, Multikey.toEd25519(key))).isTrue();
        Map<String, List<Map<String, Object>>> before = everythingOf(elsewhere);

        assertThat(bring(elsewhere, archive)).isEqualTo(new Arrival(1, 0));
        assertThat(everythingOf(elsewhere)).isEqualTo(before);
        assertThat(bring(elsewhere, archive(course.tenant()))).isEqualTo(new Arrival(1, 0));
        assertThat(arrived.credential(elsewhere, issuer, ada)).hasValue(here);
        assertThat(published(issuer, here)).isEqualTo(list);
    }

    @Test
    void badgesThatNameAListOfIdsArriveAndCanBeTakenBackToo() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        formats.choose(
                course.tenant(), new CredentialFormat(CredentialFormat.Jwt.RS256, CredentialFormat.Status.IDS), 1);
        List<Award> all = awards.decide(course, "ada", "bo");
        all.forEach(award -> signed(course, award));
        suspend(course, all.get(0));
        TenantId elsewhere = tenant();

        assertThat(bring(elsewhere, archive(course.tenant()))).isEqualTo(new Arrival(1, 2));

        ArrivedIssuer issuer = onlyIssuer(elsewhere);
        UUID ada = all.get(0).publicId();
        UUID bo = all.get(1).publicId();
        ArrivedCredential adas = arrived.credential(elsewhere, issuer, ada).orElseThrow();
        assertThat(adas.notInForceSince()).isNotNull();
        assertThat(arrived.withdraw(elsewhere, issuer, bo, 7)).isTrue();
        assertThat(published(issuer, adas).getJsonArray("revokedCredential").getValuesAs(JsonObject.class))
                .extracting(each -> each.getString("id"))
                .containsExactlyInAnyOrder("urn:uuid:" + ada, "urn:uuid:" + bo);
    }

    @Test
    void aLaterArchiveBringsWhatCameSinceAndAnOlderOneTakesNothingBack() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        Award ada = awards.decide(course, awards.person(course, "ada"));
        signed(course, ada);
        byte[] old = archive(course.tenant());
        Award bo = awards.decide(course, awards.person(course, "bo"));
        signed(course, bo);
        suspend(course, ada);
        byte[] later = archive(course.tenant());
        TenantId elsewhere = tenant();

        bring(elsewhere, old);
        assertThat(bring(elsewhere, later)).isEqualTo(new Arrival(1, 1));
        assertThat(bring(elsewhere, old)).isEqualTo(new Arrival(1, 0));

        ArrivedIssuer issuer = onlyIssuer(elsewhere);
        ArrivedCredential here =
                arrived.credential(elsewhere, issuer, ada.publicId()).orElseThrow();
        assertThat(here.notInForceSince()).isNotNull();
        assertThat(list(issuer, here).isSet(here.place())).isTrue();
    }

    @Test
    void ofSomebodyWhoHadEverythingDeletedNothingLeavesButThatItIsNotInForce() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        long person = awards.person(course, "ada");
        Award gone = awards.decide(course, person);
        signed(course, gone);
        erasures.erase(course.tenant(), person);

        Map<String, byte[]> entries = TestArchives.entries(archive(course.tenant()));

        assertThat(entries.keySet())
                .noneMatch(name -> name.contains(gone.publicId().toString()));
        assertThat(entries.keySet()).anyMatch(name -> name.startsWith("site/status-lists/"));
    }

    @Test
    void theTreeForTheOldAddressAnswersAsTheAddressDoes() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        StoredCredential stored = signed(course, awards.decide(course, awards.person(course, "ada")));
        Map<String, byte[]> entries = TestArchives.entries(archive(course.tenant()));
        JsonObject credential = JsonBytes.parse(stored.embedded());
        JsonObject issuer = credential.getJsonObject("issuer");
        String page = issuer.getString("url");
        String badge = credential
                .getJsonObject("credentialSubject")
                .getJsonObject("achievement")
                .getString("id");
        List<String> addresses = new ArrayList<>(List.of(
                page + "/did.json",
                credential.getJsonObject("credentialStatus").getString("statusListCredential"),
                credential.getJsonObject("credentialStatus").getString("statusListCredential") + "/suspensions",
                badge + "/image.png"));
        entries.keySet().stream()
                .filter(name -> name.contains("/keys/"))
                .forEach(name -> addresses.add(page + name.substring(name.indexOf("/keys/"))));

        assertThat(addresses).hasSize(5).allSatisfy(address -> {
            String path = URI.create(address).getPath();
            path += path.matches("/status-lists/[^/]+") ? "/index.json" : "";
            assertThat(new String(entries.get("site" + path), StandardCharsets.ISO_8859_1))
                    .isEqualTo(
                            new String(new Browser().open(URI.create(address)).body(), StandardCharsets.ISO_8859_1));
        });
        assertThat(new String(
                        entries.get("site" + URI.create(badge).getPath() + "/index.html"), StandardCharsets.UTF_8))
                .contains("Can write essays.", "src=\"" + badge + "/image.png\"");
    }

    @Test
    void privateKeysAreNowhereInTheArchiveWithoutThePassphrase() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        signed(course, awards.decide(course, awards.person(course, "ada")));
        Map<String, byte[]> entries = TestArchives.entries(archive(course.tenant()));

        assertThat(entries.get("key.jwe")).asString().startsWith("ey").doesNotContain("\"");
        assertThat(entries.keySet())
                .filteredOn(name -> name.endsWith("keys.jwe"))
                .hasSize(1);
        entries.forEach((name, content) -> assertThat(new String(content, StandardCharsets.ISO_8859_1))
                .as(name)
                .doesNotContain("\"private\""));
    }

    @Test
    void anArchiveThatIsNotAsItWasSavedIsRefusedAsAWhole() throws Exception {
        Course course = awards.course(TestAwards.draft("Essayist"));
        signed(course, awards.decide(course, awards.person(course, "ada")));
        byte[] archive = archive(course.tenant());

        refused(Reason.PASSPHRASE, archive, "another passphrase");
        refused(Reason.NOT_AN_ARCHIVE, "no zip at all".getBytes(StandardCharsets.UTF_8), PASSPHRASE);
        for (int part : new int[] {3, 5, 8}) {
            refused(Reason.DAMAGED, Arrays.copyOf(archive, archive.length * part / 10), PASSPHRASE);
        }
        refused(Reason.DAMAGED, changed(archive, entries -> without(entries, "end.json")), PASSPHRASE);
        refused(
                Reason.DAMAGED,
                changed(archive, entries -> without(entries, "/about.json", "as-issued.json", "as-issued.jwt")),
                PASSPHRASE);
        refused(Reason.FOREIGN, changed(archive, entries -> with(entries, "../../etc/passwd", "x")), PASSPHRASE);
        refused(Reason.FOREIGN, changed(archive, entries -> with(entries, "site/evil.js", "x")), PASSPHRASE);
        refused(
                Reason.SIGNATURE,
                changed(archive, entries -> replaced(entries, "as-issued.json", "essays", "novels")),
                PASSPHRASE);
        refused(
                Reason.SIGNATURE,
                changed(
                        archive,
                        entries -> replaced(
                                entries, "site/status-lists/", "\"issuer\":\"", "\"name\":\"x\",\"issuer\":\"")),
                PASSPHRASE);
        refused(
                Reason.DAMAGED,
                changed(
                        archive,
                        entries -> replaced(
                                entries,
                                "/about.json",
                                "\"id\"",
                                "\"notInForceSince\":\"2026-01-01T00:00:00Z\",\"id\"")),
                PASSPHRASE);
        refused(
                Reason.KEYS,
                changed(
                        archive,
                        entries ->
                                replaced(entries, "issuer.json", "did:web:", "did:web:elsewhere.example:")
                                        .entrySet()
                                        .stream()
                                        .collect(
                                                LinkedHashMap::new,
                                                (all, e) -> all.put(e.getKey(), e.getValue()),
                                                Map::putAll)),
                PASSPHRASE,
                Reason.SIGNATURE);
        refused(Reason.TOO_LARGE, bomb(archive), PASSPHRASE);
        assertThat(refusal(course.tenant(), archive, PASSPHRASE)).isEqualTo(Reason.AT_HOME);
    }

    private void refused(Reason reason, byte[] archive, String passphrase, Reason... or) throws IOException {
        TenantId elsewhere = tenant();
        List<Reason> expected = new ArrayList<>(List.of(or));
        expected.add(reason);
        assertThat(refusal(elsewhere, archive, passphrase)).isIn(expected);
        everythingOf(elsewhere)
                .forEach((table, rows) ->
                        assertThat(rows).as("%s after %s", table, reason).isEmpty());
    }

    private Map<String, List<Map<String, Object>>> everythingOf(TenantId tenant) {
        Map<String, List<Map<String, Object>>> rows = new LinkedHashMap<>();
        for (String table : List.of(
                "arrived_issuer",
                "arrived_key",
                "arrived_credential",
                "arrived_credential_form",
                "arrived_status_list")) {
            rows.put(
                    table,
                    jdbc
                            .sql("SELECT * FROM " + table + " WHERE tenant_id = ?")
                            .param(tenant.value())
                            .query()
                            .listOfRows()
                            .stream()
                            .map(IssuerArchivesIntegrationTests::comparable)
                            .toList());
        }
        return rows;
    }

    private static Map<String, Object> comparable(Map<String, Object> row) {
        Map<String, Object> comparable = new LinkedHashMap<>(row);
        comparable.replaceAll(
                (name, value) -> value instanceof byte[] bytes ? Arrays.hashCode(bytes) : String.valueOf(value));
        return comparable;
    }

    private byte[] archive(TenantId tenant) throws IOException {
        archives.permit(tenant, 7);
        Passage permission = archives.permitted(tenant, 7).orElseThrow();
        assertThat(archives.use(tenant, permission)).isTrue();
        assertThat(archives.use(tenant, permission)).as("twice").isFalse();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        archives.write(tenant, permission, PASSPHRASE, out);
        return out.toByteArray();
    }

    /** @param credentials that were not here before */
    private record Arrival(int issuers, int credentials) {}

    private Arrival bring(TenantId tenant, byte[] archive) throws IOException {
        TestArchives.bring(imports, tenant, new ByteArrayResource(archive), PASSPHRASE);
        ArchiveArrival arrival = decided(tenant);
        assertThat(arrival.state()).isEqualTo(ArchiveArrival.State.DONE);
        assertThat(archives.passages(tenant).get(0))
                .extracting(Passage::way, Passage::issuers, Passage::credentials)
                .containsExactly(Passage.Way.IN, arrival.issuers(), arrival.badgesNew());
        return new Arrival(arrival.issuers(), arrival.badgesNew());
    }

    /** At once, or as soon as it was looked at. */
    private Reason refusal(TenantId tenant, byte[] archive, String passphrase) throws IOException {
        try {
            TestArchives.bring(imports, tenant, new ByteArrayResource(archive), passphrase);
        } catch (ArchiveRefusedException e) {
            return e.reason();
        }
        return Objects.requireNonNull(decided(tenant).refusal());
    }

    private ArchiveArrival decided(TenantId tenant) {
        return await().atMost(PATIENCE)
                .until(
                        () -> imports.latest(tenant).orElseThrow(),
                        arrival -> !arrival.isUnderWay() && parts(tenant) == 0);
    }

    private int parts(TenantId tenant) {
        return jdbc.sql("SELECT COUNT(*) FROM archive_arrival_part WHERE tenant_id = ?")
                .param(tenant.value())
                .query(Integer.class)
                .single();
    }

    private static TenantId tenant() {
        return new TenantId(ThreadLocalRandom.current().nextLong(1_000, 1L << 50));
    }

    private ArrivedIssuer onlyIssuer(TenantId tenant) {
        List<ArrivedIssuer> issuers = arrived.issuers(tenant);
        assertThat(issuers).hasSize(1);
        return issuers.get(0);
    }

    /** As a verifier reads it at the new address. */
    private JsonObject published(ArrivedIssuer issuer, ArrivedCredential credential) {
        return published(issuer, credential, "");
    }

    private JsonObject published(ArrivedIssuer issuer, ArrivedCredential credential, String which) {
        String address = arrived.addresses(tenantOf(issuer), issuer).stream()
                .filter(each -> each.endsWith("/status-lists/" + credential.listId()))
                .findFirst()
                .orElseThrow();
        Page page = new Browser().open(URI.create(address + which));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Access-Control-Allow-Origin")).hasValue("*");
        JsonObject list = JsonBytes.parse(page.body());
        assertThat(page.header("Content-Type"))
                .as("a list of ids is no credential")
                .hasValue(list.containsKey("proof") ? "application/vc" : "application/json");
        return list;
    }

    private TenantId tenantOf(ArrivedIssuer issuer) {
        return new TenantId(jdbc.sql("SELECT tenant_id FROM arrived_issuer WHERE arrival_id = ?")
                .param(issuer.arrivalId().toString())
                .query(Long.class)
                .single());
    }

    private StatusBits list(ArrivedIssuer issuer, ArrivedCredential credential) {
        return bits(published(issuer, credential));
    }

    private static StatusBits bits(JsonObject list) {
        return StatusBits.decode(list.getJsonObject("credentialSubject").getString("encodedList"));
    }

    private StoredCredential signed(Course course, Award award) {
        await().atMost(PATIENCE)
                .until(() -> credentials
                        .find(course.tenant(), award.id())
                        .filter(stored -> stored.jwt() != null)
                        .isPresent());
        return credentials.find(course.tenant(), award.id()).orElseThrow();
    }

    private void suspend(Course course, Award award) {
        transaction.executeWithoutResult(
                status -> events.publishEvent(new AwardsSuspended(course.tenant(), List.of(award))));
    }

    private static byte[] changed(byte[] archive, UnaryOperator<Map<String, byte[]>> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry :
                    change.apply(TestArchives.entries(archive)).entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return out.toByteArray();
    }

    private static Map<String, byte[]> without(Map<String, byte[]> entries, String... ends) {
        entries.keySet().removeIf(name -> Arrays.stream(ends).anyMatch(name::endsWith));
        return entries;
    }

    /** Before the end. */
    private static Map<String, byte[]> with(Map<String, byte[]> entries, String name, String content) {
        byte[] end = entries.remove("end.json");
        entries.put(name, content.getBytes(StandardCharsets.UTF_8));
        entries.put("end.json", end);
        return entries;
    }

    private static Map<String, byte[]> replaced(
            Map<String, byte[]> entries, String named, String before, String after) {
        int[] replaced = {0};
        entries.replaceAll((name, content) -> {
            String text = new String(content, StandardCharsets.UTF_8);
            if (!name.contains(named) || !text.contains(before)) {
                return content;
            }
            replaced[0]++;
            return text.replace(before, after).getBytes(StandardCharsets.UTF_8);
        });
        assertThat(replaced[0]).as(named).isPositive();
        return entries;
    }

    /** The beginning of an archive, and then gigabytes of nothing. */
    private static byte[] bomb(byte[] archive) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : TestArchives.entries(archive).entrySet()) {
                if (entry.getKey().startsWith("issuers/")) {
                    break;
                }
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
            zip.putNextEntry(new ZipEntry("site/issuers/" + UUID.randomUUID() + "/index.html"));
            for (int i : IntStream.range(0, 64).toArray()) {
                zip.write(zeros, 0, zeros.length - i);
            }
        }
        return out.toByteArray();
    }
}
