package dev.laurel.credential.document;

import dev.laurel.achievement.Alignment;
import dev.laurel.achievement.Details;
import dev.laurel.achievement.IssuerDetails;
import dev.laurel.credential.KnownByKey;
import dev.laurel.credential.document.AchievementCredential.Assessor;
import dev.laurel.credential.document.AchievementCredential.Dates;
import dev.laurel.credential.document.AchievementCredential.Holder;
import dev.laurel.credential.endorsement.Attachment;
import dev.laurel.credential.issuer.CredentialAddresses;
import dev.laurel.credential.status.CredentialStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Credentials at random, with these optional parts and no others. One seed always gives the same ones. Their texts are as
 * people write them: with quotes, line breaks, emoji, characters that no keyboard types, and the same text in several places.
 */
final class CredentialSamples {

    /** Everything that a credential may say or not. */
    enum Part {
        UNTIL,
        LATER,
        EMAIL_OF_HOLDER,
        NAME_OF_HOLDER,
        CREDITS,
        ALIGNMENT,
        TARGET_TYPE,
        TAGS,
        FIELD,
        SPECIALIZATION,
        CODE,
        LANGUAGE,
        CRITERIA_URL,
        PARTNER,
        RELATED,
        BEFORE,
        TIER,
        SCORES,
        ASSESSOR,
        DECISION,
        ASSESSMENT,
        STATUS,
        STATUS_BY_ID,
        REFRESH,
        WEBSITE,
        EMAIL,
        PHONE,
        ADDRESS,
        PARENT,
        LOGO,
        ENDORSED,
        ISSUER_ENDORSED
    }

    /** What others say: one thing of a badge, two of an issuer. */
    private static final List<Attachment> ENDORSEMENTS = Stream.of(1, 2, 3)
            .map(number -> new KnownByKey("Federation \"" + number + "\"", number)
                    .endorses("https://school.example/" + number, "We stand\nbehind it. 漢字"))
            .map(json -> new Attachment(json.getString("id"), json))
            .toList();

    private static final Instant DECIDED = Instant.parse("2026-03-02T10:00:00Z");

    private static final List<String> TEXTS = List.of(
            "Essayist",
            "Essayist",
            "A \"quoted\" word \\ and a back slash",
            "Two\nlines\r\nand a\ttab",
            "漢字 Łódź",
            "🎓 done 👩🏽‍🔬",
            "<b>& 'x' \u0001\u007f",
            "\u2028\u2029\u00a0",
            "e\u0301 and \u00e9",
            "\uFFFD\uFFFE",
            "_:b0",
            "\" .\n_:c14n0 <x> \"y",
            "%s ${x} {0}",
            "0",
            "true",
            " x ");

    private final CredentialAddresses addresses;

    private final UUID issuer;

    private final Random random;

    CredentialSamples(CredentialAddresses addresses, UUID issuer, long seed) {
        this.addresses = addresses;
        this.issuer = issuer;
        this.random = new Random(seed);
    }

    /**
     * Sets of parts in which each two parts are once both there, once both missing, and once only the one or the other.
     *
     * @param most how many sets there are at most
     */
    static List<Set<Part>> pairs(long seed, int most) {
        Random random = new Random(seed);
        List<Set<Part>> sets = new ArrayList<>();
        sets.add(EnumSet.allOf(Part.class));
        sets.add(EnumSet.noneOf(Part.class));
        while (!coversPairs(sets)) {
            if (sets.size() == most) {
                throw new IllegalStateException("Seed " + seed + " covers no pairs in " + most + " sets");
            }
            sets.add(any(random));
        }
        return sets;
    }

    static Set<Part> any(Random random) {
        Set<Part> set = EnumSet.noneOf(Part.class);
        for (Part part : Part.values()) {
            if (random.nextBoolean()) {
                set.add(part);
            }
        }
        return set;
    }

    private static boolean coversPairs(List<Set<Part>> sets) {
        for (Part one : Part.values()) {
            for (Part other : Part.values()) {
                if (one != other
                        && sets.stream()
                                        .map(set -> (set.contains(one) ? 2 : 0) + (set.contains(other) ? 1 : 0))
                                        .distinct()
                                        .count()
                                < 4) {
                    return false;
                }
            }
        }
        return true;
    }

    AchievementCredential of(Set<Part> parts) {
        return new AchievementCredential(
                uuid(),
                profile(parts),
                new Dates(
                        DECIDED,
                        parts.contains(Part.LATER) ? DECIDED.plusSeconds(random.nextInt(80_000)) : DECIDED,
                        parts.contains(Part.UNTIL)
                                ? Instant.parse("2127-01-01T00:00:00Z").plusSeconds(random.nextInt(1_000_000))
                                : null),
                new Holder(uuid(), identities(parts)),
                badge(parts),
                new Outcome(
                        parts.contains(Part.TIER)
                                ? new Outcome.Tier(List.of(text() + " 1", text() + " 2", "3"), 1 + random.nextInt(3))
                                : null,
                        parts.contains(Part.SCORES) ? scores() : List.of()),
                parts.contains(Part.ASSESSOR) ? new Assessor("urn:uuid:" + uuid(), text()) : null,
                evidence(parts),
                parts.contains(Part.STATUS) ? status(parts) : null,
                parts.contains(Part.REFRESH) ? addresses.refresh("t" + uuid()) : null);
    }

    private CredentialStatus status(Set<Part> parts) {
        String list = addresses.statusList(uuid());
        return parts.contains(Part.STATUS_BY_ID)
                ? CredentialStatus.listed(list)
                : new CredentialStatus(list, random.nextInt(131_072));
    }

    private List<HolderIdentity> identities(Set<Part> parts) {
        byte[] salt = bytes(16);
        List<HolderIdentity> identities = new ArrayList<>();
        if (parts.contains(Part.EMAIL_OF_HOLDER)) {
            identities.add(HolderIdentity.email(text() + "@school.example", salt));
        }
        if (parts.contains(Part.NAME_OF_HOLDER)) {
            identities.add(HolderIdentity.name(name()));
        }
        return identities;
    }

    private IssuerProfile profile(Set<Part> parts) {
        IssuerDetails details = new IssuerDetails(
                parts.contains(Part.WEBSITE) ? url("site") : null,
                parts.contains(Part.EMAIL) ? "badges@school.example" : null,
                parts.contains(Part.PHONE) ? "+34911234567" : null,
                parts.contains(Part.ADDRESS)
                        ? new IssuerDetails.Address(text(), maybe("28001"), text(), maybe(text()), maybe("ES"))
                        : null,
                parts.contains(Part.PARENT) ? new IssuerDetails.Parent(name(), url("parent")) : null,
                null);
        return new IssuerProfile(
                addresses.did(issuer),
                addresses.issuerPage(issuer),
                name(),
                details,
                parts.contains(Part.LOGO) ? addresses.issuerImage(issuer, 7) : null,
                parts.contains(Part.ISSUER_ENDORSED) ? ENDORSEMENTS.subList(1, 3) : List.of());
    }

    private Badge badge(Set<Part> parts) {
        UUID achievement = uuid();
        Details details = new Details(
                Details.TYPES.get(random.nextInt(Details.TYPES.size())),
                parts.contains(Part.TAGS) ? List.of(text(), text(), "tag") : List.of(),
                parts.contains(Part.FIELD) ? text() : null,
                parts.contains(Part.SPECIALIZATION) ? text() : null,
                parts.contains(Part.CODE) ? text() : null,
                parts.contains(Part.LANGUAGE)
                        ? List.of("en", "pt-BR", "zh-Hant-TW", "es-419").get(random.nextInt(4))
                        : null,
                parts.contains(Part.CRITERIA_URL) ? url("criteria") : null,
                null,
                parts.contains(Part.RELATED) ? List.of(url("related"), url("other")) : List.of(),
                null,
                null,
                parts.contains(Part.SCORES));
        int version = 2 + random.nextInt(5);
        return new Badge(
                addresses.achievement(achievement, version),
                version,
                name(),
                text(),
                text(),
                addresses.achievementImage(achievement, version),
                text(),
                parts.contains(Part.CREDITS)
                        ? List.of(new BigDecimal("2.50"), new BigDecimal("3.00"), new BigDecimal("0.1"), BigDecimal.TEN)
                                .get(random.nextInt(4))
                        : null,
                parts.contains(Part.ALIGNMENT) ? alignments(parts) : List.of(),
                details,
                parts.contains(Part.PARTNER) ? new Details.Partner(name(), url("partner")) : null,
                parts.contains(Part.BEFORE) ? addresses.achievement(achievement, version - 1) : null,
                parts.contains(Part.ENDORSED) ? ENDORSEMENTS.subList(0, 1) : List.of());
    }

    private List<Alignment> alignments(Set<Part> parts) {
        return List.of(
                new Alignment(
                        name(),
                        url("skill"),
                        maybe(text()),
                        maybe(text()),
                        parts.contains(Part.TARGET_TYPE)
                                ? Alignment.TYPES.get(random.nextInt(Alignment.TYPES.size()))
                                : null),
                new Alignment(
                        name(), url("skill2"), "CT-1", null, parts.contains(Part.TARGET_TYPE) ? "ext:RSD" : null));
    }

    private List<Outcome.Score> scores() {
        return List.of(
                new Outcome.Score(name(), "RawScore", Integer.toString(random.nextInt(20)), "20", "16"),
                new Outcome.Score(name(), "RubricScore", "3.5", "4", "3"),
                new Outcome.Score(name(), "LetterGrade", "B+", null, "B"),
                new Outcome.Score(name(), "Status", null, null, null),
                new Outcome.Score(name(), "Percent", "79.99", null, "70"));
    }

    private List<Evidence> evidence(Set<Part> parts) {
        List<Evidence> evidence = new ArrayList<>();
        if (parts.contains(Part.DECISION)) {
            String hash = "%064x".formatted(random.nextLong() & Long.MAX_VALUE);
            evidence.add(Evidence.decision(url("achievement") + "/decisions/" + hash, hash));
        }
        if (parts.contains(Part.ASSESSMENT)) {
            evidence.add(new Evidence(null, "How it was assessed", text(), "Assessment"));
        }
        return evidence;
    }

    private @Nullable String maybe(String text) {
        return random.nextBoolean() ? text : null;
    }

    private String text() {
        StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
        while (random.nextInt(3) == 0) {
            text.append(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        return text.toString();
    }

    private String name() {
        return text() + "x";
    }

    private String url(String what) {
        return "https://" + what + ".example/" + random.nextInt(4);
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
