package dev.laurel.credential.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusCopiesPlaceTests {

    private static final PublicUrl REACHED = new PublicUrl(URI.create("https://badges.example"));

    private static final PublicUrl TRIED_OUT = new PublicUrl(URI.create("http://127.0.0.1:8080"));

    private static final Path TEMPORARY = Path.of("/tmp");

    @TempDir
    Path home;

    @Test
    void theOperatorsWordComesFirstThenWhatSystemdKeepsForTheService() {
        Map<String, String> systemd = Map.of("STATE_DIRECTORY", "/var/lib/laurel:/var/lib/more");

        assertThat(StatusCopiesPlace.of(" /srv/copies ", REACHED, systemd, home, TEMPORARY))
                .isEqualTo(new StatusCopiesPlace(Path.of("/srv/copies"), true));
        assertThat(StatusCopiesPlace.of("", REACHED, systemd, home, TEMPORARY))
                .isEqualTo(new StatusCopiesPlace(Path.of("/var/lib/laurel/status-copies"), true));
    }

    @Test
    void whereNobodySaidAnythingARestartOfTheMachineLosesNothing() {
        StatusCopiesPlace place = StatusCopiesPlace.of(null, REACHED, Map.of(), home, TEMPORARY);

        assertThat(place.directory()).startsWithRaw(home.resolve(".laurel"));
        assertThat(place.chosen()).isFalse();
        PublicUrl neighbour = new PublicUrl(URI.create("https://other.example"));
        assertThat(StatusCopiesPlace.of(null, neighbour, Map.of(), home, TEMPORARY)
                        .directory())
                .isNotEqualTo(place.directory());
    }

    @Test
    void aTrialOrAnAccountWithoutAHomeKeepsThemAmongTemporaryFiles() {
        assertThat(StatusCopiesPlace.of(null, TRIED_OUT, Map.of(), home, TEMPORARY)
                        .directory())
                .startsWithRaw(TEMPORARY);
        assertThat(StatusCopiesPlace.of(null, REACHED, Map.of(), Path.of("/nonexistent"), TEMPORARY))
                .satisfies(place -> {
                    assertThat(place.directory()).startsWithRaw(TEMPORARY);
                    assertThat(place.chosen()).isFalse();
                });
    }
}
