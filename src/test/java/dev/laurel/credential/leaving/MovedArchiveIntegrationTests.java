package dev.laurel.credential.leaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.credential.Credentials;
import dev.laurel.credential.MovingLaurel;
import dev.laurel.credential.StoredCredential;
import dev.laurel.credential.TestAwards;
import dev.laurel.credential.TestAwards.Course;
import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.BadgeVerifier;
import dev.laurel.credential.check.ServedStatically;
import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Multikey;
import dev.laurel.credential.proof.VcJwt;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.Backpacks;
import dev.laurel.publication.Shares;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lms.Browser;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** An institution whose Laurel moved once leaves it: what was signed before and after the move counts wherever the archive goes. */
class MovedArchiveIntegrationTests {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Instant IN_A_YEAR =
            Instant.now().plus(Duration.ofDays(365)).truncatedTo(ChronoUnit.SECONDS);

    private final MovingLaurel moving = new MovingLaurel(TestAwards.class, TestArchives.class);

    private final String before = "//" + moving.hostBefore();

    private final String now = "//" + moving.hostNow();

    private final TenantId elsewhere = TestArchives.tenant();

    @Test
    void whatWasSignedBeforeAndAfterAMoveLeavesTogether() throws Exception {
        Course course;
        StoredCredential old;
        try (ConfigurableApplicationContext laurel = moving.start("http:" + before, null)) {
            course = ofASecondVersion(laurel, laurel.getBean(TestAwards.class).course(TestAwards.draft("Essayist")));
            laurel.getBean(TestAwards.class).reachable(course.tenant(), "badges@college.example");
            old = shared(laurel, course, "ada");
        }

        try (ConfigurableApplicationContext laurel = moving.start("http:" + now, "http:" + before)) {
            StoredCredential next = shared(laurel, course, "bo");
            byte[] archive = laurel.getBean(TestArchives.class).archive(course.tenant());
            Clock clock = laurel.getBean(Clock.class);
            List<byte[]> signed = List.of(old.embedded(), jwt(old), next.embedded(), jwt(next));

            Map<String, byte[]> site = site(TestArchives.entries(archive));
            signed.forEach(badge -> assertThat(verdict(ServedStatically.verifier(site, clock), badge))
                    .isEqualTo(Verdict.VALID));
            String hosted = laurel.getBean(Backpacks.class)
                    .url(course.tenant(), old.awardId())
                    .orElseThrow();
            for (String address : List.of(hosted, hosted.replace(now, before))) {
                assertThat(verdict(ServedStatically.verifier(site, clock), address.getBytes(StandardCharsets.UTF_8)))
                        .as(address)
                        .isEqualTo(Verdict.VALID);
            }
            assertThat(ownAddresses(TestArchives.entries(archive)))
                    .anyMatch(
                            address -> address.startsWith(before + "/achievements/") && address.contains("/decisions/"))
                    .anyMatch(address -> address.startsWith(before + "/refresh/"))
                    .anyMatch(address -> address.startsWith(now + "/refresh/"))
                    .anyMatch(address -> address.endsWith("/1") && address.startsWith(now + "/achievements/"))
                    .allSatisfy(address -> assertThat(site).containsKey(address));
            for (StoredCredential each : List.of(old, next)) {
                String refresh = JsonBytes.parse(each.embedded())
                        .getJsonObject("refreshService")
                        .getString("id");
                assertThat(site.get(refresh.substring("http:".length())))
                        .isEqualTo(new Browser().open(URI.create(refresh)).body());
            }

            assertThat(comes(laurel, archive, entries -> entries))
                    .extracting(ArchiveArrival::state, ArchiveArrival::issuers, ArchiveArrival::badgesNew)
                    .containsExactly(State.DONE, 1, 2);
            Map<String, byte[]> there = servedThere(laurel);
            signed.forEach(badge -> assertThat(verdict(ServedStatically.verifier(there, clock), badge))
                    .isEqualTo(Verdict.VALID));
            takeBackThere(laurel, old);
            Map<String, byte[]> later = servedThere(laurel);
            assertThat(verdict(ServedStatically.verifier(later, clock), old.embedded()))
                    .isEqualTo(Verdict.INVALID);
            assertThat(verdict(ServedStatically.verifier(later, clock), next.embedded()))
                    .isEqualTo(Verdict.VALID);

            leavesAgainUnderBothNames(laurel, old);
            assertThat(comes(laurel, laurel.getBean(TestArchives.class).archive(course.tenant()), entries -> entries))
                    .as("once more")
                    .extracting(ArchiveArrival::state, ArchiveArrival::badgesNew)
                    .containsExactly(State.DONE, 0);
        }
    }

    @Test
    void anArchiveThatClaimsAnAddressOfBeforeWithoutItsKeyIsRefused() throws Exception {
        Course course;
        StoredCredential old;
        try (ConfigurableApplicationContext laurel = moving.start("http:" + before, null)) {
            course = laurel.getBean(TestAwards.class).course(TestAwards.draft("Essayist"));
            old = signed(laurel, course, "ada");
        }

        try (ConfigurableApplicationContext laurel = moving.start("http:" + now, "http:" + before)) {
            signed(laurel, course, "bo");
            byte[] archive = laurel.getBean(TestArchives.class).archive(course.tenant());
            String did = JsonBytes.parse(old.embedded()).getJsonObject("issuer").getString("id");
            String badge = ArchiveNames.credential(old.publicId(), "as-issued.json");

            refused(laurel, archive, Reason.SIGNATURE, entries -> {
                entries.keySet().removeIf(name -> name.startsWith("site/former/"));
                return replaced(entries, "issuer.json", "\"" + did + "\"", "");
            });
            refused(laurel, archive, Reason.SIGNATURE, entries -> {
                JsonObject unsigned = JsonBytes.JSON
                        .createObjectBuilder(JsonBytes.parse(entries.get(badge)))
                        .remove("proof")
                        .build();
                String method = JsonBytes.parse(old.embedded())
                        .getJsonArray("proof")
                        .getJsonObject(0)
                        .getString("verificationMethod");
                entries.put(
                        badge,
                        JsonBytes.write(laurel.getBean(EddsaRdfc2022.class)
                                .sign(
                                        unsigned,
                                        Ed25519.signer(method, Ed25519.newSeed(new SecureRandom())),
                                        Instant.now())));
                return entries;
            });
            refused(
                    laurel,
                    archive,
                    Reason.KEYS,
                    entries -> replaced(
                            entries, "issuer.json", "\"" + did + "\"", "\"" + did + "\",\"did:web:bank.example\""));
            assertThat(comes(laurel, archive, entries -> entries).state()).isEqualTo(State.DONE);
            refused(laurel, archive, Reason.OTHER_KEYS, entries -> otherKeys(entries));
        }
    }

    /** Somebody who has none of the keys makes others, under the same names. */
    private static Map<String, byte[]> otherKeys(Map<String, byte[]> entries) {
        String described = entries.keySet().stream()
                .filter(name -> name.endsWith("/issuer.json"))
                .findFirst()
                .orElseThrow();
        JsonObject issuer = JsonBytes.parse(entries.get(described));
        byte[] seed = Ed25519.newSeed(new SecureRandom());
        JsonObject key = JsonBytes.JSON
                .createObjectBuilder(issuer.getJsonArray("keys").getValuesAs(JsonObject.class).stream()
                        .filter(each -> each.getString("algorithm").equals("Ed25519"))
                        .findFirst()
                        .orElseThrow())
                .add("public", Multikey.ofEd25519(Ed25519.publicKey(seed)))
                .build();
        entries.put(
                described,
                JsonBytes.write(JsonBytes.JSON
                        .createObjectBuilder(issuer)
                        // It calls itself by the old name alone.
                        .add("did", issuer.getJsonArray("formerDids").getString(0))
                        .remove("formerDids")
                        .add("keys", JsonBytes.JSON.createArrayBuilder().add(key))
                        .build()));
        ArchiveKey archive = ArchiveKey.open(entries.get(ArchiveNames.KEY), TestArchives.PASSPHRASE);
        entries.put(
                described.replace("issuer.json", "keys.jwe"),
                archive.encrypt(JsonBytes.write(JsonBytes.JSON
                        .createObjectBuilder()
                        .add(
                                "keys",
                                JsonBytes.JSON
                                        .createArrayBuilder()
                                        .add(JsonBytes.JSON
                                                .createObjectBuilder()
                                                .add("fragment", key.getString("fragment"))
                                                .add(
                                                        "private",
                                                        Base64.getUrlEncoder()
                                                                .withoutPadding()
                                                                .encodeToString(seed))))
                        .build())));
        return entries;
    }

    private void refused(
            ConfigurableApplicationContext laurel,
            byte[] archive,
            Reason reason,
            UnaryOperator<Map<String, byte[]>> change)
            throws IOException {
        int here = laurel.getBean(Arrived.class).issuers(elsewhere).size();

        assertThat(comes(laurel, archive, change).refusal()).isEqualTo(reason);

        assertThat(laurel.getBean(Arrived.class).issuers(elsewhere)).hasSize(here);
    }

    private void leavesAgainUnderBothNames(ConfigurableApplicationContext laurel, StoredCredential takenBack)
            throws IOException {
        Arrived arrived = laurel.getBean(Arrived.class);
        TenantId third = TestArchives.tenant();

        byte[] archive = laurel.getBean(TestArchives.class).archive(elsewhere);

        assertThat(comes(laurel, third, archive))
                .extracting(ArchiveArrival::state, ArchiveArrival::issuers, ArchiveArrival::badgesNew)
                .containsExactly(State.DONE, 1, 2);
        assertThat(TestArchives.entries(archive).keySet())
                .anyMatch(name -> name.matches(
                        "site/former/" + before.substring(2).replace(':', '-') + "/issuers/[0-9a-f-]+/did\\.json"));
        assertThat(arrived.issuers(third))
                .hasSize(2)
                .extracting(ArrivedIssuer::did)
                .containsExactlyInAnyOrderElementsOf(arrived.issuers(elsewhere).stream()
                        .map(ArrivedIssuer::did)
                        .toList());
        assertThat(arrived.issuers(third).stream()
                        .flatMap(issuer -> arrived.credentials(third, issuer, 0, 10).stream())
                        .filter(credential -> credential.notInForceSince() != null))
                .extracting(ArrivedCredential::id)
                .containsExactly(takenBack.publicId());
    }

    private ArchiveArrival comes(
            ConfigurableApplicationContext laurel, byte[] archive, UnaryOperator<Map<String, byte[]>> change)
            throws IOException {
        return comes(laurel, elsewhere, TestArchives.resealed(archive, change));
    }

    private static ArchiveArrival comes(ConfigurableApplicationContext laurel, TenantId tenant, byte[] archive)
            throws IOException {
        long id = laurel.getBean(TestArchives.class).receivedWithoutAJob(tenant, archive);
        laurel.getBean(ArrivalJob.class).run(tenant, Long.toString(id));
        return laurel.getBean(ArchiveImport.class).find(tenant, id).orElseThrow();
    }

    /** What stands at the old addresses where each of them leads to the place that the other Laurel names for it. */
    private Map<String, byte[]> servedThere(ConfigurableApplicationContext laurel) {
        Arrived arrived = laurel.getBean(Arrived.class);
        Map<String, byte[]> files = new HashMap<>();
        for (ArrivedIssuer issuer : arrived.issuers(elsewhere)) {
            String host = issuer.did().contains("localhost") ? before : now;
            String id = issuer.did().substring(issuer.did().lastIndexOf(':') + 1);
            for (String address : arrived.addresses(elsewhere, issuer)) {
                String path =
                        address.substring(address.indexOf(issuer.arrivalId().toString()) + 36);
                String old = host + (path.startsWith("/status-lists/") ? "" : "/issuers/" + id) + path;
                files.put(old, new Browser().open(URI.create(address)).body());
            }
        }
        return files;
    }

    private void takeBackThere(ConfigurableApplicationContext laurel, StoredCredential badge) {
        Arrived arrived = laurel.getBean(Arrived.class);
        assertThat(arrived.issuers(elsewhere))
                .filteredOn(issuer ->
                        arrived.credential(elsewhere, issuer, badge.publicId()).isPresent())
                .singleElement()
                .matches(issuer -> arrived.withdraw(elsewhere, issuer, badge.publicId(), 7));
    }

    /** Every address of this installation in anything that is signed, without scheme and fragment. */
    private Set<String> ownAddresses(Map<String, byte[]> entries) {
        Set<String> addresses = new TreeSet<>();
        entries.forEach((name, content) -> {
            if (name.matches("credentials/.*\\.(json|jwt)") && !name.endsWith("about.json")) {
                boolean jwt = name.endsWith(".jwt");
                texts(JsonBytes.parse(jwt ? VcJwt.payload(content) : content)).forEach(addresses::add);
                if (jwt) {
                    addresses.add(VcJwt.header(content).kid());
                }
            }
        });
        Set<String> own = new TreeSet<>();
        addresses.stream()
                .map(address -> address.replaceFirst("^https?:", "").replaceFirst("#.*", ""))
                .filter(address -> address.startsWith(before + "/") || address.startsWith(now + "/"))
                .forEach(own::add);
        return own;
    }

    private static Stream<String> texts(JsonValue value) {
        if (value instanceof JsonString text) {
            return Stream.of(text.getString());
        }
        if (value instanceof JsonArray array) {
            return array.stream().flatMap(MovedArchiveIntegrationTests::texts);
        }
        return value instanceof JsonObject object
                ? object.values().stream().flatMap(MovedArchiveIntegrationTests::texts)
                : Stream.empty();
    }

    /** As the two hosts answer whose web server is set up as the archive says. */
    private Map<String, byte[]> site(Map<String, byte[]> entries) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String former = "site/former/" + before.substring(2).replace(':', '-');
        for (String host : List.of(now, before)) {
            entries.forEach((name, content) -> {
                if (name.startsWith("site/") && !name.startsWith("site/former/")) {
                    serve(files, host + name.substring("site".length()), content);
                }
            });
        }
        entries.forEach((name, content) -> {
            if (name.startsWith(former + "/")) {
                serve(files, before + name.substring(former.length()), content);
            }
        });
        return files;
    }

    private static void serve(Map<String, byte[]> files, String address, byte[] content) {
        files.put(address, content);
        files.put(address.replaceFirst("/index\\.(html|json)$", ""), content);
    }

    private static Map<String, byte[]> replaced(Map<String, byte[]> entries, String end, String text, String by) {
        entries.replaceAll((name, content) -> name.endsWith(end)
                ? new String(content, StandardCharsets.UTF_8).replace(text, by).getBytes(StandardCharsets.UTF_8)
                : content);
        return entries;
    }

    /** A badge that names the version before it. */
    private static Course ofASecondVersion(ConfigurableApplicationContext laurel, Course course) {
        Achievements achievements = laurel.getBean(Achievements.class);
        AchievementVersion second =
                achievements.edit(course.tenant(), course.badge().key(), TestAwards.draft("Essayist and reader"), 1);
        achievements.activate(course.tenant(), second.achievementId(), second.version(), 1);
        return new Course(course.tenant(), course.contextId(), course.ruleSetId(), course.issuer(), second);
    }

    /** A badge that its holder shares and has in a backpack. */
    private static StoredCredential shared(ConfigurableApplicationContext laurel, Course course, String sub) {
        StoredCredential stored = signed(laurel, course, sub);
        Award award = laurel.getBean(Awards.class)
                .find(course.tenant(), stored.awardId())
                .orElseThrow();
        laurel.getBean(Awards.class).claim(course.tenant(), award.id(), award.personId(), Award.NameShown.NONE);
        laurel.getBean(Shares.class).share(course.tenant(), award.id(), award.personId());
        laurel.getBean(Backpacks.class).put(course.tenant(), award.id(), award.personId(), sub + "@example.org");
        return stored;
    }

    private static StoredCredential signed(ConfigurableApplicationContext laurel, Course course, String sub) {
        TestAwards test = laurel.getBean(TestAwards.class);
        Award award = test.decideWithEverything(course, test.person(course, sub), IN_A_YEAR);
        return await().atMost(PATIENCE)
                .until(
                        () -> laurel.getBean(Credentials.class).find(course.tenant(), award.id()),
                        found -> found.isPresent() && found.get().jwt() != null)
                .orElseThrow();
    }

    private static byte[] jwt(StoredCredential stored) {
        return Objects.requireNonNull(stored.jwt());
    }

    private static Verdict verdict(BadgeVerifier verifier, byte[] badge) {
        BadgeReport report = verifier.verify(badge);
        assertThat(report.checks()).isNotEmpty();
        return report.verdict();
    }
}
