package dev.laurel.gradebook.manual;

import dev.laurel.context.PersonErased;
import dev.laurel.context.PersonSafe;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Keeps what learners hand in and what is said of it, sealed under their own keys. */
@Component
class EvidenceShelf {

    private final EvidenceRepository evidence;

    private final PersonSafe safe;

    private final MasterKey masterKey;

    private final JsonMapper json;

    EvidenceShelf(EvidenceRepository evidence, PersonSafe safe, MasterKey masterKey, JsonMapper json) {
        this.evidence = evidence;
        this.safe = safe;
        this.masterKey = masterKey;
        this.json = json;
    }

    private record Words(String text, List<String> links) {}

    private record Said(String comment, Map<Long, BigDecimal> points) {}

    /** Something ready to be put on the shelf: all that takes time is done. */
    record Sealed(long personId, byte[] contentHash, byte[] words, List<SealedFile> files) {}

    record SealedFile(FileType type, int bytes, byte[] name, byte[] content) {}

    Sealed seal(TenantId tenant, long personId, HandInCheck.Kept kept) {
        Words words =
                new Words(kept.text(), kept.links().stream().map(URI::toString).toList());
        byte[] plain = json.writeValueAsBytes(words);
        List<SealedFile> files = kept.files().stream()
                .map(file -> new SealedFile(
                        file.type(),
                        file.content().length,
                        safe.seal(tenant, personId, file.name().getBytes(StandardCharsets.UTF_8)),
                        safe.seal(tenant, personId, file.content())))
                .toList();
        return new Sealed(personId, hash(plain, kept.files()), safe.seal(tenant, personId, plain), files);
    }

    private byte[] hash(byte[] words, List<HandInCheck.KeptFile> files) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(masterKey.keyedHash("evidence", words));
        for (HandInCheck.KeptFile file : files) {
            all.writeBytes(masterKey.keyedHash("evidence", file.name().getBytes(StandardCharsets.UTF_8)));
            all.writeBytes(masterKey.keyedHash("evidence", file.content()));
        }
        return masterKey.keyedHash("evidence", all.toByteArray());
    }

    /** Adds a version, unless the latest one is the very same. */
    boolean add(TenantId tenant, long contextId, long lineItemId, Sealed sealed, Instant at) {
        Optional<EvidenceRepository.Row> before = evidence.latest(tenant, lineItemId, sealed.personId());
        if (before.filter(row -> Arrays.equals(row.contentHash(), sealed.contentHash()))
                .isPresent()) {
            return false;
        }
        int version = before.map(row -> row.version() + 1).orElse(1);
        long id = evidence.insert(
                tenant,
                contextId,
                lineItemId,
                new EvidenceRepository.Row(0, sealed.personId(), version, at, sealed.contentHash(), sealed.words()));
        for (int place = 0; place < sealed.files().size(); place++) {
            SealedFile file = sealed.files().get(place);
            evidence.insertFile(
                    tenant,
                    new EvidenceRepository.FileRow(id, place, file.type(), file.bytes(), file.name()),
                    file.content());
        }
        return true;
    }

    Optional<EvidenceRepository.Row> latest(TenantId tenant, long lineItemId, long personId) {
        return evidence.latest(tenant, lineItemId, personId);
    }

    int versionsSince(TenantId tenant, long lineItemId, long personId, Instant since) {
        return evidence.versionsSince(tenant, lineItemId, personId, since);
    }

    /** Nobody can read them any more, and files are large. */
    @EventListener
    void on(PersonErased erased) {
        evidence.forgetFiles(erased.tenant(), erased.personId());
    }

    List<HandedIn> handedIn(TenantId tenant, long lineItemId) {
        return evidence.handedIn(tenant, lineItemId);
    }

    /** Whether it says anything that the latest assessment of this version does not. */
    boolean assess(TenantId tenant, EvidenceRepository.Row version, Assessment assessment, long byPerson, Instant at) {
        Said said = new Said(assessment.comment(), assessment.points());
        List<EvidenceRepository.AssessmentRow> before = evidence.assessments(tenant, List.of(version.id()));
        if (!before.isEmpty()) {
            EvidenceRepository.AssessmentRow last = before.get(before.size() - 1);
            if (last.accepted() == assessment.accepted()
                    && open(tenant, version.personId(), last.sealed(), Said.class)
                            .filter(said::equals)
                            .isPresent()) {
                return false;
            }
        }
        byte[] sealed = safe.seal(tenant, version.personId(), json.writeValueAsBytes(said));
        evidence.insertAssessment(
                tenant,
                new EvidenceRepository.AssessmentRow(version.id(), assessment.accepted(), byPerson, at, sealed));
        return true;
    }

    /** Every version, oldest first; empty once the learner is erased. */
    List<EvidenceVersion> versions(TenantId tenant, long lineItemId, long personId) {
        List<EvidenceRepository.Row> rows = evidence.versions(tenant, lineItemId, personId);
        List<Long> ids = rows.stream().map(EvidenceRepository.Row::id).toList();
        Map<Long, List<EvidenceRepository.FileRow>> files = evidence.files(tenant, ids).stream()
                .collect(Collectors.groupingBy(EvidenceRepository.FileRow::evidenceId));
        Map<Long, List<EvidenceRepository.AssessmentRow>> assessments = evidence.assessments(tenant, ids).stream()
                .collect(Collectors.groupingBy(EvidenceRepository.AssessmentRow::evidenceId));
        List<EvidenceVersion> versions = new ArrayList<>();
        for (EvidenceRepository.Row row : rows) {
            open(tenant, personId, row.sealed(), Words.class)
                    .ifPresent(words -> versions.add(new EvidenceVersion(
                            personId,
                            row.version(),
                            row.handedInAt(),
                            words.text(),
                            words.links().stream().map(URI::create).toList(),
                            files.getOrDefault(row.id(), List.of()).stream()
                                    .flatMap(file -> file(tenant, personId, file).stream())
                                    .toList(),
                            assessments.getOrDefault(row.id(), List.of()).stream()
                                    .flatMap(said -> assessed(tenant, personId, said).stream())
                                    .toList())));
        }
        return versions;
    }

    private Optional<EvidenceVersion.File> file(TenantId tenant, long personId, EvidenceRepository.FileRow file) {
        return safe.open(tenant, personId, file.sealedName())
                .map(name -> new EvidenceVersion.File(
                        file.place(), new String(name, StandardCharsets.UTF_8), file.type(), file.bytes()));
    }

    private Optional<EvidenceVersion.Assessed> assessed(
            TenantId tenant, long personId, EvidenceRepository.AssessmentRow row) {
        return open(tenant, personId, row.sealed(), Said.class)
                .map(said -> new EvidenceVersion.Assessed(
                        row.accepted(), said.comment(), said.points(), row.byPerson(), row.at()));
    }

    Optional<EvidenceFile> content(TenantId tenant, long lineItemId, long personId, int version, int place) {
        return evidence.content(tenant, lineItemId, personId, version, place)
                .flatMap(content -> safe.open(tenant, personId, content.sealedName())
                        .flatMap(name -> safe.open(tenant, personId, content.sealed())
                                .map(bytes -> new EvidenceFile(
                                        new String(name, StandardCharsets.UTF_8), content.type(), bytes))));
    }

    private <T> Optional<T> open(TenantId tenant, long personId, byte[] sealed, Class<T> type) {
        return safe.open(tenant, personId, sealed).map(plain -> json.readValue(plain, type));
    }
}
