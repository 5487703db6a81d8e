package dev.laurel.credential.check;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.laurel.credential.baking.BakedPng;
import dev.laurel.credential.check.BadgeReport.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** What anybody may bring to be checked ends in a report, and none of it is valid: whoever made it has no key. */
public final class BadgeFuzzing {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T10:00:00Z"), ZoneOffset.UTC);

    private static final String BEGINNING = """
            {"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
            "type":["VerifiableCredential","OpenBadgeCredential"],"issuer":{"id":"did:web:a.example"},"proof":[{
            "type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","proofPurpose":"assertionMethod",
            "verificationMethod":"did:web:a.example#k","proofValue":"z3"}],""";

    private BadgeFuzzing() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        int kind = data.consumeInt(0, 4);
        byte[] answer = data.consumeBytes(200);
        Web web = new Web() {

            @Override
            public byte[] get(java.net.URI address) {
                return answer;
            }

            @Override
            public void requireTime() {}
        };
        byte[] rest = data.consumeRemainingAsBytes();
        byte[] brought = switch (kind) {
            case 0 -> rest;
            case 1 -> (BEGINNING + new String(rest, StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
            case 2 ->
                ("<svg xmlns='http://www.w3.org/2000/svg' xmlns:o='http://openbadges.org'>"
                                + new String(rest, StandardCharsets.UTF_8) + "</svg>")
                        .getBytes(StandardCharsets.UTF_8);
            case 3 -> png(rest);
            default ->
                ("{\"type\":\"Assertion\",\"badge\":{\"issuer\":{\"id\":\"https://a.example\"}},"
                                + new String(rest, StandardCharsets.UTF_8) + "}")
                        .getBytes(StandardCharsets.UTF_8);
        };
        BadgeVerifier verifier = new BadgeVerifier(badges -> web, (issuer, badge) -> Optional.empty(), CLOCK);
        for (Bundle.Piece piece : apart(brought)) {
            BadgeReport report = verifier.verify(piece.badge());
            boolean hosted = report.format() == Format.OPEN_BADGES_2_HOSTED;
            if (report.verdict() == Verdict.VALID && !hosted) {
                throw new IllegalStateException("Valid without a key");
            }
        }
    }

    private static List<Bundle.Piece> apart(byte[] brought) {
        try {
            return Bundle.takeApart(List.of(new Bundle.Piece("", brought)));
        } catch (Bundle.TooMuchException e) {
            return List.of();
        }
    }

    private static byte[] png(byte[] text) {
        byte[] empty = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 'I', 'H', 'D', 'R', 0, 0, 0, 0};
        return BakedPng.bake(empty, BakedPng.Keyword.OPEN_BADGES_2, text);
    }
}
