package lms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Platforms in the words of Laurel's registrations file (see {@code lti-config/registrations.yaml}). */
final class RegistrationsFile {

    private RegistrationsFile() {}

    static String of(List<PlatformFacts> entries) {
        return "registrations:\n"
                + entries.stream().map(RegistrationsFile::entry).collect(Collectors.joining());
    }

    private static String entry(PlatformFacts facts) {
        String deployments = facts.deployments().stream()
                .map(deployment -> "      - id: \"%s\"\n        tenant: \"%s\"\n".formatted(deployment, facts.tenant()))
                .collect(Collectors.joining());
        return """
                  - name: "%3$s"
                    issuer: "%1$s"
                    client-id: "%2$s"
                    authorization-endpoint: "%4$s"
                    token-endpoint: "%5$s"
                    jwks-uri: "%6$s"
                    frame-origin: "%1$s"
                    tells-assistants: %7$s
                    poll-seconds: 2
                    messages: [LtiSubmissionReviewRequest, LtiDataPrivacyLaunchRequest]
                    deployments:
                %8$s""".formatted(
                        facts.issuer(),
                        facts.clientId(),
                        facts.name(),
                        facts.auth(),
                        facts.token(),
                        facts.jwks(),
                        facts.tellsAssistants(),
                        deployments);
    }

    static Path write(Path file, String yaml) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
