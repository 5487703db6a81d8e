package dev.laurel.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;

class RegistrationsFileTests {

    private static final String VALID = """
            registrations:
              - name: Moodle
                issuer: https://moodle.example.edu
                client-id: abc
                authorization-endpoint: https://moodle.example.edu/auth
                token-endpoint: https://moodle.example.edu/token
                jwks-uri: https://moodle.example.edu/jwks
                deployments:
                  - id: 1
                    tenant: Example University
            """;

    @Test
    void theExampleInLtiConfigIsRead() {
        assertThat(RegistrationsFile.read(new FileSystemResource(Path.of("lti-config/registrations.yaml"))))
                .extracting(RegistrationEntry::name)
                .containsExactly("Moodle of Example University", "Canvas of Example College");
    }

    @Test
    void whatIsLeftOutHasItsUsualValue() {
        RegistrationEntry entry = read(VALID).get(0);

        assertThat(entry.tellsAssistants()).isNull();
        assertThat(entry.frameOrigins()).isEqualTo("https://moodle.example.edu");
        assertThat(entry.deployments())
                .containsExactly(new RegistrationEntry.DeploymentEntry("1", "Example University"));
    }

    @Test
    void aTestCopyIsMarkedAndEverythingElseIsNot() {
        String marked = VALID.replaceFirst("(?m)^( *)client-id", "$1test-copy: true\n$1client-id");

        assertThat(read(marked).get(0).testCopy()).isTrue();
        assertThat(read(VALID).get(0).testCopy()).isFalse();
    }

    @Test
    void aFileMayBeEmpty() {
        assertThat(read("registrations:\n")).isEmpty();
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client-id: abc | '' | client-id is missing
            jwks-uri: https://moodle.example.edu/jwks | jwks-uri: /jwks | jwks-uri must be a web address
            client-id: abc | secret: abc | secret
            tenant: Example University | tenant: | the tenant of a deployment is missing
            name: Moodle | name: [ | understood
            """)
    void whatIsWrongIsSaidWithItsPlace(String line, String instead, String sentence) {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> read(VALID.replace(line, instead)))
                .withMessageContaining("The registrations file")
                .withMessageContaining(sentence);
    }

    @Test
    void theSamePlatformTwiceIsAMistake() {
        String twice = VALID + VALID.substring(VALID.indexOf('\n') + 1);

        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> read(twice))
                .withMessageContaining("entry 2: this issuer and client-id came before");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatExceptionOfType(InstallationException.class)
                .isThrownBy(() -> RegistrationsFile.read(new FileSystemResource("target/no-such-file.yaml")))
                .withMessageContaining("no-such-file.yaml");
    }

    private static List<RegistrationEntry> read(String yaml) {
        return RegistrationsFile.read(new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
    }
}
