package dev.laurel.credential.status;

import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.tenant.PublicUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where copies of status lists are kept: where the operator says; else where systemd lets a service keep its state
 * ({@code StateDirectory=}); else, for an installation that others can reach, in the home of the account that Laurel runs under,
 * which a restart of the machine leaves alone; else, as for a trial on one's own machine, among temporary files.
 *
 * @param chosen whether somebody decided that it is kept: otherwise a container loses it with itself
 */
record StatusCopiesPlace(Path directory, boolean chosen) {

    private static final String STATE = "STATE_DIRECTORY";

    static StatusCopiesPlace of(
            @Nullable String named, PublicUrl publicUrl, Map<String, String> environment, Path home, Path temporary) {
        if (named != null && !named.isBlank()) {
            return new StatusCopiesPlace(Path.of(named.strip()), true);
        }
        String state = environment.getOrDefault(STATE, "");
        if (!state.isBlank()) {
            return new StatusCopiesPlace(Path.of(state.split(":")[0], "status-copies"), true);
        }
        // One for each installation on this machine.
        String own = HexFormat.of().formatHex(Sha256.of(publicUrl.value().toString()), 0, 8);
        return publicUrl.isHttps() && Files.isDirectory(home) && Files.isWritable(home)
                ? new StatusCopiesPlace(home.resolve(".laurel").resolve("status-" + own), false)
                : new StatusCopiesPlace(temporary.resolve("laurel-status-" + own), false);
    }
}
