package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.Issuer;
import dev.laurel.achievement.Issuers;
import dev.laurel.achievement.Issuers.OwnedIssuer;
import dev.laurel.credential.Verification;
import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.issuer.IssuerKey;
import dev.laurel.credential.issuer.IssuerKeys;
import dev.laurel.credential.issuer.TestKeys;
import dev.laurel.credential.proof.Canonicalizer;
import dev.laurel.credential.proof.Ed25519;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.PinnedContexts;
import dev.laurel.credential.status.CredentialStatus;
import dev.laurel.credential.status.ListKind;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusBits;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.credential.status.TestStatusLists;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is changed in a signed credential, the verifier notices: also what its RDF would not tell. */
class CredentialMutationTests {

    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");

    private static final UUID ISSUER = UUID.fromString("0d8f8a52-3a3b-4f3e-a3c5-5f3a8f7b9c11");

    private static final UUID LIST = UUID.fromString("33333333-3a3b-4f3e-a3c5-5f3a8f7b9c11");

    private static final int PLACE = 70_001;

    private final EddsaRdfc2022 suite = new EddsaRdfc2022(new Canonicalizer(PinnedContexts.shipped()));

    private final CredentialAddresses addresses = TestKeys.addresses("https://badges.example:8443/laurel");

    private final byte[] seed = "an Ed25519 seed has 32 bytes ...".getBytes(StandardCharsets.US_ASCII);

    private final Issuers issuers = mock();

    private final List<IssuerKey> keys = new ArrayList<>();

    private final StatusLists lists = mock();

    private String signed = "";

    @BeforeEach
    void sign() {
        Issuer issuer = new Issuer(5, ISSUER, Issuer.Kind.COURSE, 7L, "Badges 101");
        when(issuers.findByPublicId(ISSUER)).thenReturn(Optional.of(new OwnedIssuer(new TenantId(3), issuer)));
        keys.add(TestKeys.ed25519(5, seed, NOW, null));
        publish(addresses.did(ISSUER), List.of());
        signed = text(sign(credential(NOW), NOW));
    }

    private AchievementCredential credential(Instant validFrom) {
        AchievementCredential everything =
                new CredentialSamples(addresses, ISSUER, 0).of(EnumSet.allOf(CredentialSamples.Part.class));
        Badge badge = everything.badge();
        return new AchievementCredential(
                UUID.fromString("11111111-3a3b-4f3e-a3c5-5f3a8f7b9c11"),
                new IssuerProfile(
                        addresses.did(ISSUER),
                        addresses.issuerPage(ISSUER),
                        "Badges 101",
                        everything.issuer().details(),
                        everything.issuer().imageUrl()),
                new Dates(validFrom, validFrom, NOW.plus(Duration.ofDays(365))),
                new Holder(
                        UUID.fromString("22222222-3a3b-4f3e-a3c5-5f3a8f7b9c11"),
                        List.of(
                                HolderIdentity.email("ada@school.example", new byte[16]),
                                HolderIdentity.name("Ada Lovelace"))),
                new Badge(
                        "https://badges.example/achievements/1/1",
                        3,
                        "Essayist 漢字 🎓",
                        "Can write",
                        "80 %",
                        "https://badges.example/achievements/1/1/image.png",
                        "A badge",
                        new BigDecimal("2.50"),
                        List.of(new Alignment(
                                "Critical thinking", "https://case.example/items/7", "CT-1", "NACE", "CFItem")),
                        new Details(
                                "Badge",
                                List.of("writing", "essays"),
                                "Rhetoric",
                                "Argument",
                                "WR-101",
                                "pt-BR",
                                "https://badges.example/criteria/7",
                                null,
                                List.of("https://elsewhere.example/badges/8"),
                                null,
                                null,
                                true),
                        new Details.Partner("Guild of Writers", "https://guild.example"),
                        "https://badges.example/achievements/1/0",
                        List.of()),
                new Outcome(
                        new Outcome.Tier(List.of("Proficient", "Mastered"), 2),
                        List.of(new Outcome.Score("Essay 1", "RawScore", "17", "20", "16"))),
                new AchievementCredential.Assessor("urn:uuid:44444444-3a3b-4f3e-a3c5-5f3a8f7b9c11", "Writing 101"),
                List.of(
                        Evidence.decision(
                                "https://badges.example/achievements/1/1/decisions/" + "0a".repeat(32),
                                "0a".repeat(32)),
                        new Evidence(null, "How it was assessed", "What counted: scores (1).", "Assessment")),
                new CredentialStatus(addresses.statusList(LIST), PLACE),
                addresses.refresh("of-this-one"));
    }

    private void publish(String did, List<Integer> withdrawn) {
        byte[] bytes = JsonBytes.write(suite.sign(
                TestStatusLists.revocations(
                        addresses.statusList(LIST), addresses.suspensions(LIST), did, StatusBits.of(withdrawn), NOW),
                Ed25519.signer(addresses.did(ISSUER) + "#ed25519-1", seed),
                NOW));
        when(lists.published(LIST)).thenReturn(Optional.of(new SignedStatusList(ListKind.BITS, bytes, null, 1, NOW)));
    }

    private byte[] sign(AchievementCredential credential, Instant created) {
        return JsonBytes.write(
                suite.sign(credential.toJson(), Ed25519.signer(addresses.did(ISSUER) + "#ed25519-1", seed), created));
    }

    private Verification verify(String json, Instant now) {
        IssuerKeys issuerKeys = TestKeys.in(keys, addresses, Clock.fixed(now, ZoneOffset.UTC));
        return new Verifier(suite, issuers, issuerKeys, addresses, lists, mock(), Clock.fixed(now, ZoneOffset.UTC))
                .verify(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unchangedItIsValid() {
        assertThat(verify(signed, NOW)).matches(Verification::valid, "valid");
        assertThat(signed).contains("did:web:badges.example%3A8443:laurel:issuers:" + ISSUER);
    }

    @Test
    void itIsInForceUntilItsOwnPlaceInTheListSaysOtherwise() {
        publish(addresses.did(ISSUER), List.of(PLACE - 1, PLACE + 1, 0));
        assertThat(verify(signed, NOW).valid()).isTrue();

        publish(addresses.did(ISSUER), List.of(PLACE));
        Verification withdrawn = verify(signed, NOW);

        assertThat(withdrawn.valid()).isFalse();
        assertThat(withdrawn.checks()).last().isEqualTo(new Verification.Check("verify.status", false));
    }

    @Test
    void ofOneThatHasEndedItsStatusIsToldAsWell() {
        publish(addresses.did(ISSUER), List.of(PLACE));
        Instant later = NOW.plus(Duration.ofDays(400));

        assertThat(verify(signed, later).checks())
                .contains(
                        new Verification.Check("verify.dates", false), new Verification.Check("verify.status", false));

        when(lists.published(LIST)).thenReturn(Optional.empty());
        assertThat(verify(signed, later).checks()).contains(new Verification.Check(Verification.STATUS_UNREAD, false));
        assertThat(verify(signed, later).uncertain())
                .as("it is not valid, whatever its status is")
                .isFalse();
    }

    @Test
    void aListThatIsMissingOrOfAnotherIssuerOrForgedIsNoAnswer() {
        publish("did:web:elsewhere.example", List.of());
        assertThat(verify(signed, NOW).valid()).isFalse();

        publish(addresses.did(ISSUER), List.of(PLACE));
        String list = text(lists.published(LIST).orElseThrow().bytes());
        String forged = list.replaceFirst(
                "\"encodedList\":\"[^\"]*",
                "\"encodedList\":\"" + StatusBits.of(List.of()).encode());
        when(lists.published(LIST))
                .thenReturn(Optional.of(
                        new SignedStatusList(ListKind.BITS, forged.getBytes(StandardCharsets.UTF_8), null, 2, NOW)));
        assertThat(forged).isNotEqualTo(list);
        assertThat(verify(signed, NOW).valid()).isFalse();

        when(lists.published(LIST)).thenReturn(Optional.empty());
        assertThat(verify(signed, NOW).valid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Essayist|Essayjst",
                "漢字|汉字",
                "🎓|🎉",
                "80 %|8 %",
                "\"hashed\":true|\"hashed\":false",
                "\"hashed\":true|\"hashed\":\"true\"",
                "urn:uuid:1111|urn:uuid:1112",
                "urn:uuid:2222|urn:uuid:2223",
                "2026-03-02T10:00:00Z|2026-03-02T10:00:01Z",
                "\"creditsAvailable\":2.5|\"creditsAvailable\":2.50",
                "\"creditsEarned\":2.5|\"creditsEarned\":2.500",
                "\"achievementType\":\"Badge\"|\"achievementType\":\"Degree\"",
                "\"name\":\"Badges 101\"|\"name\":\"MIT\"",
                "achievements/1/1/image.png|achievements/1/2/image.png",
                "sha256$|SHA256$",
                "emailAddress|userName",
                "assertionMethod|authentication",
                "eddsa-rdfc-2022|eddsa-jcs-2022",
                "DataIntegrityProof|Ed25519Signature2020",
                "#ed25519-1|#ed25519-2",
                "\"proofValue\":\"z|\"proofValue\":\"u",
                "context-3.0.3.json|context-3.0.2.json",
                "\"version\":\"3\"|\"version\":\"4\"",
                "\"essays\"|\"poems\"",
                "Rhetoric|Logic",
                "WR-101|WR-102",
                "pt-BR|pt-PT",
                "criteria/7|criteria/8",
                "Guild of Writers|Guild of Scribes",
                "elsewhere.example/badges/8|elsewhere.example/badges/9",
                "achievements/1/0|achievements/1/2",
                "\"CFItem\"|\"CFRubric\"",
                "\"value\":\"17\"|\"value\":\"20\"",
                "\"requiredValue\":\"16\"|\"requiredValue\":\"6\"",
                "Writing 101|Writing 102",
                "scores (1)|scores (2)",
                "\"awardedDate\":\"2026|\"awardedDate\":\"2016",
                "\"Badge\",|\"Badge\",\"otherIdentifier\":[],",
                "\"Badge\",|\"Badge\",\"shoeSize\":\"44\",",
                "\"Badge\",|\"Badge\",\"sort\":null,",
                "\"Badge\",|\"Badge\",\"alignment\":[],",
                "\"Badge\",|\"Badge\",\"@context\":{\"fake\":null},\"fake\":\"Degree\",",
                "\"Badge\",|\"Badge\",\"https://schema.org/x\":\"y\",",
                "\"narrative\":|\"id\":\"_:b0\",\"narrative\":",
                "\"narrative\":\"80 %\"|\"narrative\":[\"80 %\"]",
                "\"name\":\"Essayist|\"name\":\"Dean\",\"name\":\"Essayist",
                "[\"Profile\"]|\"Profile\"",
                "[\"Profile\"]|[\"Profile\",\"Profile\"]",
                "\"type\":\"Image\"|\"type\":[\"Image\"]",
                "\"proof\":[|\"evidence\":[{\"type\":[\"Evidence\"]}],\"proof\":[",
                "\"proof\":[|\"validUntil\":\"2030-01-01T00:00:00Z\",\"proof\":[",
                "\"proof\":[|\"evidence\":[{\"id\":\"https://x/<not an iri>\",\"type\":[\"Evidence\"]}],\"proof\":[",
                "\"proof\":[|\"evidence\":[{\"id\":\"relative\",\"type\":[\"Evidence\"]}],\"proof\":[",
                "\"cryptosuite\"|\"domain\":\"x\",\"cryptosuite\"",
                "\"proof\":|\"prooF\":",
                "}]}|}]}x",
                "}]}|}]} {}",
            })
    void changedItIsNot(String from, String to) {
        String changed = signed.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));

        assertThat(changed).isNotEqualTo(signed);
        assertThat(verify(changed, NOW)).matches(verification -> !verification.valid(), "invalid");
    }

    @Test
    void withoutAnyOneOfItsMembersItIsNot() {
        JsonObject whole = JsonBytes.parse(signed.getBytes(StandardCharsets.UTF_8));
        for (String member : whole.keySet()) {
            String without = JsonBytes.JSON
                    .createObjectBuilder(whole)
                    .remove(member)
                    .build()
                    .toString();
            assertThat(verify(without, NOW)).as(member).matches(verification -> !verification.valid());
        }
    }

    @Test
    void aCredentialOfTomorrowIsNotValidYet() {
        String tomorrow = text(sign(credential(NOW.plusSeconds(86_400)), NOW));

        assertThat(verify(tomorrow, NOW).checks()).contains(new Verification.Check("verify.dates", false));
        assertThat(verify(tomorrow, NOW).valid()).isFalse();
        assertThat(verify(tomorrow, NOW.plusSeconds(90_000)).valid()).isTrue();
    }

    @Test
    void aKeySignsNothingAfterItsRetirement() {
        keys.set(0, TestKeys.ed25519(5, seed, NOW, NOW.plusSeconds(60)));

        assertThat(verify(signed, NOW.plusSeconds(600)).valid()).isTrue();
        assertThat(verify(text(sign(credential(NOW), NOW.plusSeconds(120))), NOW.plusSeconds(600))
                        .checks())
                .last()
                .isEqualTo(new Verification.Check("verify.issuer", false));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
