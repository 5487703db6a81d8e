package dev.laurel.credential.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.document.CredentialSamples.Part;
import dev.laurel.credential.issuer.KeyAlgorithm;
import dev.laurel.credential.proof.BadCredentialException;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.CredentialStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing by template says, to the byte, what signing the long way says. */
@Tag("once")
class CredentialTemplateTests {

    private static final int TEMPLATES = 50;

    private static final int OF_EACH = 50;

    private static final List<String> VALUES = List.of(
            "",
            "a \"quoted\" word \\",
            "two\nlines\r\n\tand a tab",
            "🎓 漢字 👩🏽‍🔬",
            "\u0001\u007f\u0085\u2028",
            "e\u0301",
            "_:b0",
            "\" .\n_:c14n0 <x> \"y",
            "same",
            "same");

    private final TestIssuer issuer = new TestIssuer();

    private final Signer signer = issuer.signer(KeyAlgorithm.ED25519);

    /** Four seeds with 2,500 each. */
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void ofTenThousandRandomCredentialsEveryOneIsTheSameBothWays(long seed) {
        Random random = new Random(seed);
        CredentialSamples samples = issuer.samples(seed);
        int byTemplate = 0;
        for (int i = 0; i < TEMPLATES; i++) {
            AchievementCredential first = samples.of(CredentialSamples.any(random));
            CredentialTemplate template = Objects.requireNonNull(CredentialTemplate.of(first, issuer.suite));
            for (int j = 0; j < OF_EACH; j++) {
                AchievementCredential next = other(first, random);
                byte[] filled = template.sign(next, signer, TestIssuer.NOW);
                if (filled != null) {
                    byTemplate++;
                    assertThat(new String(filled, StandardCharsets.UTF_8))
                            .as("seed %s, template %s, credential %s", seed, i, j)
                            .isEqualTo(new String(plain(next), StandardCharsets.UTF_8));
                }
            }
        }
        assertThat(byTemplate).as("the short way is the usual one").isGreaterThan(TEMPLATES * OF_EACH * 9 / 10);
    }

    @Test
    void whereTwoNodesLookAlikeTheLongWayIsGone() {
        AchievementCredential first = issuer.samples(1).of(EnumSet.of(Part.EMAIL_OF_HOLDER));
        List<Evidence> alike = List.of(
                new Evidence(null, "How it was assessed", "one", null),
                new Evidence(null, "How it was assessed", "other", null));
        CredentialTemplate template =
                Objects.requireNonNull(CredentialTemplate.of(with(first, first.holder(), alike), issuer.suite));

        assertThat(template.sign(with(first, first.holder(), alike), signer, TestIssuer.NOW))
                .isEqualTo(plain(with(first, first.holder(), alike)));
        List<Evidence> twice = List.of(alike.get(0), alike.get(0));
        assertThat(template.sign(with(first, first.holder(), twice), signer, TestIssuer.NOW))
                .isNull();
        TemplateSigning signing = new TemplateSigning(issuer.suite);
        for (int i = 0; i < 5; i++) {
            AchievementCredential next =
                    with(first, new Holder(UUID.randomUUID(), first.holder().identities()), twice);
            assertThatThrownBy(() -> signing.sign(next, signer, TestIssuer.NOW))
                    .as("one thing twice in a list is what strict readers refuse")
                    .isInstanceOf(BadCredentialException.class);
        }
    }

    @Test
    void whateverDiffersElsewhereGetsATemplateOfItsOwn() {
        TemplateSigning signing = new TemplateSigning(issuer.suite);
        Random random = new Random(9);
        CredentialSamples samples = issuer.samples(9);
        List<AchievementCredential> kinds = CredentialSamples.pairs(9, 40).stream()
                .map((Set<Part> parts) -> samples.of(parts))
                .toList();
        for (int round = 0; round < 6; round++) {
            for (AchievementCredential kind : kinds) {
                AchievementCredential next = other(kind, random);
                byte[] signed = signing.sign(next, signer, TestIssuer.NOW);
                assertThat(signed).isEqualTo(plain(next));
            }
        }
    }

    private byte[] plain(AchievementCredential credential) {
        return JsonBytes.write(issuer.suite.sign(credential.toJson(), signer, TestIssuer.NOW));
    }

    /** Of the same shape, with everything else at random. */
    private static AchievementCredential other(AchievementCredential like, Random random) {
        Instant awarded = Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE));
        Instant from = random.nextBoolean() ? awarded : awarded.plusSeconds(random.nextInt(1_000));
        CredentialStatus status = like.status();
        AchievementCredential other = with(
                like,
                new Holder(
                        uuid(random),
                        like.holder().identities().stream()
                                .map(each -> new HolderIdentity(
                                        each.kind(), any(random), each.salt() == null ? null : any(random)))
                                .toList()),
                like.evidence().stream()
                        .map(each -> new Evidence(
                                each.id() == null ? null : "https://badges.example/d/" + random.nextInt(3),
                                each.name(),
                                any(random),
                                each.genre()))
                        .toList());
        return new AchievementCredential(
                uuid(random),
                like.issuer(),
                new Dates(awarded, from, like.dates().validUntil() == null ? null : from.plusSeconds(7)),
                other.holder(),
                like.badge(),
                like.outcome(),
                like.source(),
                other.evidence(),
                status == null || status.index() == null
                        ? status
                        : new CredentialStatus(status.list(), random.nextInt(131_072)),
                like.refreshAt() == null ? null : "https://badges.example/refresh/" + uuid(random));
    }

    private static AchievementCredential with(AchievementCredential like, Holder holder, List<Evidence> evidence) {
        return new AchievementCredential(
                like.id(),
                like.issuer(),
                like.dates(),
                holder,
                like.badge(),
                like.outcome(),
                like.source(),
                evidence,
                like.status(),
                like.refreshAt());
    }

    private static String any(Random random) {
        return VALUES.get(random.nextInt(VALUES.size())) + (random.nextInt(3) == 0 ? random.nextInt(5) : "");
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
