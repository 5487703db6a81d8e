package lms;

import java.util.stream.Collectors;

/** The reference LMS in the words of Laurel's registrations file (see {@code lti-config/registrations.yaml}). */
final class RegistrationsFile {

    private RegistrationsFile() {}

    static String of(ReferenceLms lms) {
        return "registrations:\n"
                + lms.tools().stream().map(tool -> entry(lms, tool)).collect(Collectors.joining());
    }

    private static String entry(ReferenceLms lms, Tool tool) {
        String deployments = tool.deployments().stream()
                .map(deployment -> "      - \"" + deployment + "\"\n")
                .collect(Collectors.joining());
        return """
                  - issuer: "%s"
                    client-id: "%s"
                    name: "Northfield College LMS"
                    auth: "%s"
                    token: "%s"
                    jwks: "%s"
                    frame-origin: "%s"
                    tenant: "Northfield College"
                    poll-seconds: 2
                    tells-assistants: %s
                    deployments:
                %s""".formatted(
                        lms.issuer(),
                        tool.clientId(),
                        lms.authUrl(),
                        lms.tokenUrl(),
                        lms.jwksUrl(),
                        lms.issuer(),
                        lms.mode() != Mode.MOODLE,
                        deployments);
    }
}
