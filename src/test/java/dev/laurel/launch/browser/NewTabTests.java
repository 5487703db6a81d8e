package dev.laurel.launch.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewTabTests {

    private static final URI MOODLE = URI.create("https://school.example/moodle/mod/lti/auth.php");

    @Test
    void aLoginIsSentAgainWithoutTheFrameThatIsNotThere() {
        LoginStart start = new LoginStart(Map.of(
                "iss", "https://lms.example", "login_hint", "7", "lti_storage_target", "storage", "client_id", "c"));

        assertThat(NewTab.of(URI.create("https://lms.example/auth"), start, true))
                .hasValueSatisfying(tab -> {
                    assertThat(tab.link()).isNull();
                    assertThat(tab.fields())
                            .containsOnly(
                                    Map.entry("iss", "https://lms.example"),
                                    Map.entry("login_hint", "7"),
                                    Map.entry("client_id", "c"));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cmid\":7,\"launchid\":\"ltilaunch1_138.5\"}", "{\"launchid\":1,\"cmid\" : \"7\"}"})
    void moodleLaunchesByItsOwnLinkBecauseItsHintCountsOnce(String hint) {
        assertThat(NewTab.of(MOODLE, moodleStart(hint), true))
                .hasValueSatisfying(tab -> assertThat(tab.link())
                        .isEqualTo(URI.create("https://school.example/moodle/mod/lti/launch.php?id=7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"cmid\":\"x\"}", "{\"cmid\":-1}", "{\"cmid\":1234567890123456789}", "cmid=7"})
    void aHintOfMoodleThatNamesNoModuleLeavesItToMoodle(String hint) {
        assertThat(NewTab.of(MOODLE, moodleStart(hint), true)).isEmpty();
    }

    @Test
    void beforeTheHintOfMoodleIsUsedItIsSentAgain() {
        assertThat(NewTab.of(MOODLE, moodleStart("{\"cmid\":7}"), false))
                .hasValueSatisfying(tab -> assertThat(tab.link()).isNull());
    }

    private static LoginStart moodleStart(String hint) {
        return new LoginStart(Map.of("iss", "https://school.example/moodle", "lti_message_hint", hint));
    }
}
