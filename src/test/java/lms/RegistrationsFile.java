package lms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Platforms in the words of Laurel's registrations file (see {@code lti-config/registrations.yaml}). */
final class RegistrationsFile {

    /** One (issuer, client_id) with its endpoints. */
    record Entry(
            String issuer,
            String clientId,
            String name,
            String auth,
            String token,
            String jwks,
            String tenant,
            boolean tellsAssistants,
            List<String> deployments) {

        private String yaml() {
            String deploymentLines = deployments.stream()
                    .map(deployment -> "      - id: \"%s\"\n        tenant: \"%s\"\n".formatted(deployment, tenant))
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
                        deployments:
                    %8$s""".formatted(issuer, clientId, name, auth, token, jwks, tellsAssistants, deploymentLines);
        }
    }

    private RegistrationsFile() {}

    static String of(ReferenceLms lms) {
        return of(lms.tools().stream()
                .map(tool -> new Entry(
                        lms.issuer(),
                        tool.clientId(),
                        "Northfield College LMS",
                        lms.authUrl(),
                        lms.tokenUrl(),
                        lms.jwksUrl(),
                        "Northfield College",
                        lms.mode() != Mode.MOODLE,
                        tool.deployments()))
                .toList());
    }

    static String of(List<Entry> entries) {
        return "registrations:\n" + entries.stream().map(Entry::yaml).collect(Collectors.joining());
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
