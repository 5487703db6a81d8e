package dev.laurel.gradebook.manual;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a learner handed in at one time. Earlier versions stay.
 *
 * @param version 1 is the first
 * @param assessments oldest first
 */
public record EvidenceVersion(
        long personId,
        int version,
        Instant handedInAt,
        String text,
        List<URI> links,
        List<File> files,
        List<Assessed> assessments) {

    public EvidenceVersion {
        links = List.copyOf(links);
        files = List.copyOf(files);
        assessments = List.copyOf(assessments);
    }

    /** What counts now; empty while nobody has assessed it. */
    public Optional<Assessed> assessed() {
        return assessments.isEmpty() ? Optional.empty() : Optional.of(assessments.get(assessments.size() - 1));
    }

    /** @param place in this version, from 0 */
    public record File(int place, String name, FileType type, int bytes) {}

    /** @param points by the line item of the row of the rubric */
    public record Assessed(
            boolean accepted, String comment, Map<Long, BigDecimal> points, long byPerson, Instant assessedAt) {}
}
