package dev.laurel.publication.verifier;

import dev.laurel.credential.check.BadgeReport;
import dev.laurel.credential.check.BadgeReport.Verdict;
import dev.laurel.credential.check.Bundle.Piece;
import dev.laurel.credential.check.Check;
import dev.laurel.credential.check.Format;
import dev.laurel.credential.check.Statement;
import dev.laurel.credential.check.Vouch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code POST /verify} for programs, as docs/verifying.md describes it: members may be added, none changes its
 * meaning.
 */
record VerifierAnswer(int count, List<Badge> badges) {

    /**
     * @param source the file, with a number behind where it held several
     * @param authentic nobody changed it since it was signed; says nothing of who signed
     * @param vouchedBy whose word stands behind the issuer; {@code null}: nobody's
     */
    record Badge(
            String source,
            Verdict verdict,
            Format format,
            boolean authentic,
            @Nullable Vouch vouchedBy,
            List<Check> checks,
            @Nullable Statement says) {}

    static VerifierAnswer of(List<Piece> pieces, List<BadgeReport> reports) {
        List<Badge> badges = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            BadgeReport report = reports.get(i);
            badges.add(new Badge(
                    pieces.get(i).source(),
                    report.verdict(),
                    report.format(),
                    report.isAuthentic(),
                    report.vouch(),
                    report.checks(),
                    report.says()));
        }
        return new VerifierAnswer(badges.size(), List.copyOf(badges));
    }
}
