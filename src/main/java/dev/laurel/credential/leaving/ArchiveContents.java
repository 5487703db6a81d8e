package dev.laurel.credential.leaving;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.BadgeImage;
import dev.laurel.achievement.BadgeImages;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.context.Contexts;
import dev.laurel.context.PersonSafe;
import dev.laurel.credential.proof.JsonBytes;
import dev.laurel.credential.status.SignedStatusList;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everything that an institution takes with it, in the order in which it is read again. */
@Component
class ArchiveContents {

    static final String FORMAT = "laurel-issuer-archive";

    static final int VERSION = 1;

    private static final int PAGE = 200;

    /** Badges that the page checks as soon as it is opened; others are given to it as files. */
    private static final int CHECKED_AT_ONCE = 100;

    /** Bytes: so many of this size leave room for status lists in one entry. */
    private static final int LARGEST_CHECKED = 16 << 10;

    private final LeavingIssuers issuers;

    private final IssuerFiles issuerFiles;

    private final ArrivedFiles arrived;

    private final ArchiveRepository archives;

    private final Awards awards;

    private final Achievements achievements;

    private final BadgeImages images;

    private final Contexts contexts;

    private final PersonSafe safe;

    private final StatusLists lists;

    private final List<LeavingDocuments> documents;

    private final SiteNames site;

    private final PublicUrl publicUrl;

    ArchiveContents(
            LeavingIssuers issuers,
            IssuerFiles issuerFiles,
            ArrivedFiles arrived,
            ArchiveRepository archives,
            Awards awards,
            Achievements achievements,
            BadgeImages images,
            Contexts contexts,
            PersonSafe safe,
            StatusLists lists,
            List<LeavingDocuments> documents,
            SiteNames site,
            PublicUrl publicUrl) {
        this.issuers = issuers;
        this.issuerFiles = issuerFiles;
        this.arrived = arrived;
        this.archives = archives;
        this.awards = awards;
        this.achievements = achievements;
        this.images = images;
        this.contexts = contexts;
        this.safe = safe;
        this.lists = lists;
        this.documents = documents;
        this.site = site;
        this.publicUrl = publicUrl;
    }

    record Count(int issuers, int credentials) {}

    /** Whether each status list can be told as it was published: others would call badges valid again that were taken back. */
    boolean isUpToDate(TenantId tenant) {
        issuers.publishStatusLists(tenant);
        return archives.statusLists(tenant).stream()
                        .allMatch(list -> lists.published(list).isPresent())
                && arrived.isUpToDate(tenant);
    }

    Count write(TenantId tenant, String passphrase, OutputStream out, Instant now) throws IOException {
        issuers.publishStatusLists(tenant);
        ArchiveKey key = ArchiveKey.fresh();
        try (ArchiveWriter archive = new ArchiveWriter(out, key, now)) {
            archive.add(ArchiveNames.ABOUT, about(now));
            archive.add(ArchiveNames.READ_ME, readMe());
            archive.add(ArchiveNames.KEY, key.wrapped(passphrase));
            Set<Long> leaving = new HashSet<>();
            Set<UUID> own = new HashSet<>();
            for (long issuer : issuers.all(tenant)) {
                IssuerPapers papers = issuers.papers(tenant, issuer);
                // One that never signed is nobody's yet.
                if (!papers.keys().isEmpty()) {
                    issuerFiles.write(archive, key, papers);
                    leaving.add(issuer);
                    own.add(papers.publicId());
                }
            }
            Set<AchievementVersion.Key> badges = new HashSet<>();
            List<CheckedBadge> checked = new ArrayList<>();
            int credentials = credentials(tenant, archive, leaving, badges, checked);
            badges(tenant, archive, badges);
            for (LeavingDocuments each : documents) {
                each.write(tenant, (address, content) -> archive.add(site.at(address), content));
            }
            Map<UUID, SignedStatusList> withdrawn = new LinkedHashMap<>();
            for (UUID list : archives.statusLists(tenant)) {
                SignedStatusList published = lists.published(list).orElseThrow();
                withdrawn.put(list, published);
                archive.add(ArchiveNames.statusList(list, "index.json"), published.bytes());
                byte[] suspensions = published.suspensions();
                if (suspensions != null) {
                    archive.add(ArchiveNames.statusList(list, "suspensions"), suspensions);
                }
            }
            byte[] page = issuers.checkingPage(tenant, leaving, withdrawn, checked, credentials > checked.size(), now);
            // Hundreds of thousands of badges taken back do not fit into a page, and an archive must be readable first.
            if (page.length <= ArchiveReader.LARGEST) {
                archive.add(ArchiveNames.CHECK, page);
            }
            Count brought = arrived.write(tenant, archive, key, own);
            archive.end();
            return new Count(leaving.size() + brought.issuers(), credentials + brought.credentials());
        }
    }

    private byte[] about(Instant now) {
        return JsonBytes.write(JsonBytes.JSON
                .createObjectBuilder()
                .add("format", FORMAT)
                .add("version", VERSION)
                .add("madeAt", now.toString())
                .add("publicUrl", publicUrl.value().toString())
                .build());
    }

    private static byte[] readMe() throws IOException {
        try (InputStream in = ArchiveContents.class.getResourceAsStream("README.txt")) {
            if (in == null) {
                throw new IllegalStateException("README.txt is not in this build");
            }
            return in.readAllBytes();
        }
    }

    /** Nothing of people who had everything about themselves destroyed, and no samples. */
    private int credentials(
            TenantId tenant,
            ArchiveWriter archive,
            Set<Long> leaving,
            Set<AchievementVersion.Key> badges,
            List<CheckedBadge> checked)
            throws IOException {
        int count = 0;
        long last = 0;
        Hashes decided = new Hashes();
        List<ArchiveRepository.Signed> page = archives.signedAfter(tenant, last, PAGE);
        while (!page.isEmpty()) {
            List<Long> ids =
                    page.stream().map(ArchiveRepository.Signed::awardId).toList();
            Map<Long, Award> awarded =
                    awards.find(tenant, ids).stream().collect(Collectors.toMap(Award::id, Function.identity()));
            Map<AchievementVersion.Key, AchievementVersion> versions = achievements.versions(
                    tenant, awarded.values().stream().map(Award::badge).toList());
            Set<Long> known = contexts.profiles(
                            tenant,
                            awarded.values().stream()
                                    .map(Award::personId)
                                    .distinct()
                                    .toList())
                    .keySet();
            Map<UUID, String> decisions = awards.decisionHashes(tenant, awarded.values());
            Map<Long, List<ArchiveRepository.Form>> forms = archives.forms(tenant, ids).stream()
                    .collect(Collectors.groupingBy(ArchiveRepository.Form::awardId));
            for (ArchiveRepository.Signed signed : page) {
                Award award = awarded.get(signed.awardId());
                AchievementVersion version = award == null ? null : versions.get(award.badge());
                if (award != null
                        && version != null
                        && leaving.contains(version.issuerId())
                        && known.contains(award.personId())) {
                    List<String> beside =
                            add(tenant, archive, signed, award, forms.getOrDefault(award.id(), List.of()));
                    badges.add(version.key());
                    decision(archive, version, decisions.get(award.publicId()), decided);
                    noteForChecking(tenant, signed, version, beside, checked);
                    count++;
                }
            }
            last = page.get(page.size() - 1).awardId();
            page = archives.signedAfter(tenant, last, PAGE);
        }
        return count;
    }

    /** The names of the files in which it stands. */
    private List<String> add(
            TenantId tenant,
            ArchiveWriter archive,
            ArchiveRepository.Signed signed,
            Award award,
            List<ArchiveRepository.Form> forms)
            throws IOException {
        UUID id = signed.publicId();
        JsonObjectBuilder about = JsonBytes.JSON.createObjectBuilder().add("id", "urn:uuid:" + id);
        Instant since = firstOf(signed.notInForceSince(), award.revokedAt(), award.suspendedAt());
        if (since != null) {
            about.add("notInForceSince", since.toString());
        }
        archive.add(ArchiveNames.credential(id, "about.json"), JsonBytes.write(about.build()));
        UnaryOperator<byte[]> open = bytes -> open(tenant, signed.sealedFor(), bytes);
        List<String> names = new ArrayList<>(add(archive, id, "as-issued", open, signed.embedded(), signed.jwt()));
        for (ArchiveRepository.Form form : forms) {
            names.addAll(add(archive, id, ArchiveNames.form(form.saying()), open, form.embedded(), form.jwt()));
        }
        return names;
    }

    /** So many that the page stays a small part of the archive, whatever stands in a badge. */
    private void noteForChecking(
            TenantId tenant,
            ArchiveRepository.Signed signed,
            AchievementVersion version,
            List<String> beside,
            List<CheckedBadge> checked) {
        byte[] jwt = signed.jwt();
        if (jwt != null && checked.size() < CHECKED_AT_ONCE && jwt.length <= LARGEST_CHECKED) {
            checked.add(new CheckedBadge(
                    ArchiveNames.credential(signed.publicId(), "as-issued"),
                    version.name(),
                    new String(open(tenant, signed.sealedFor(), jwt), StandardCharsets.US_ASCII),
                    beside));
        }
    }

    /** Those that say who their holder is lie under her key. */
    private byte[] open(TenantId tenant, @Nullable Long sealedFor, byte[] bytes) {
        return sealedFor == null ? bytes : safe.open(tenant, sealedFor, bytes).orElseThrow();
    }

    private static List<String> add(
            ArchiveWriter archive,
            UUID id,
            String form,
            UnaryOperator<byte[]> open,
            byte[] embedded,
            byte @Nullable [] jwt)
            throws IOException {
        String json = ArchiveNames.credential(id, form + ".json");
        archive.add(json, open.apply(embedded));
        if (jwt == null) {
            return List.of(json);
        }
        String compact = ArchiveNames.credential(id, form + ".jwt");
        archive.add(compact, open.apply(jwt));
        return List.of(json, compact);
    }

    private static @Nullable Instant firstOf(@Nullable Instant... times) {
        for (Instant time : times) {
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    /** What a credential names as its evidence; once, where two awards rest on one record. */
    private void decision(ArchiveWriter archive, AchievementVersion version, @Nullable String hash, Hashes written)
            throws IOException {
        if (hash == null) {
            return;
        }
        String name = ArchiveNames.badge(
                version.achievementPublicId(), version.version(), "decisions/" + hash + "/index.html");
        if (written.add(Sha256.of(name))) {
            archive.add(name, StaticPages.decision(version, issuers.address(version), hash));
        }
    }

    /** What credentials name as their achievement, and what each of these names as the version before it. */
    private void badges(TenantId tenant, ArchiveWriter archive, Set<AchievementVersion.Key> badges) throws IOException {
        Map<Long, Integer> newest = new LinkedHashMap<>();
        badges.forEach(key -> newest.merge(key.achievementId(), key.version(), Math::max));
        for (Map.Entry<Long, Integer> each : newest.entrySet()) {
            for (int number = each.getValue(); number > 0; number--) {
                AchievementVersion version =
                        achievements.version(tenant, each.getKey(), number).orElse(null);
                if (version != null && (version.activatedAt() != null || badges.contains(version.key()))) {
                    badge(tenant, archive, version);
                }
            }
        }
    }

    private void badge(TenantId tenant, ArchiveWriter archive, AchievementVersion version) throws IOException {
        UUID id = version.achievementPublicId();
        archive.add(ArchiveNames.badge(id, version.version(), "index.json"), issuers.badge(tenant, version));
        archive.add(
                ArchiveNames.badge(id, version.version(), "index.html"),
                StaticPages.badge(version, issuers.address(version)));
        byte[] picture =
                images.find(tenant, version.imageId()).map(BadgeImage::png).orElse(null);
        if (picture != null) {
            archive.add(ArchiveNames.badge(id, version.version(), "image.png"), picture);
        }
    }
}
