package dev.laurel.launch.browser;

import dev.laurel.platform.secrets.MasterKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a platform began a login with, so that it can begin once more in a tab of its own. They name a
 * person as the platform knows her, so they are stored sealed only.
 */
public record LoginStart(Map<String, String> parameters) {

    /** The frame of the platform that keeps data for us. LTI OIDC Login with Client Side postMessages 0.1. */
    public static final String STORAGE_TARGET = "lti_storage_target";

    /** What a login may say that we understand. */
    public static final List<String> NAMES = List.of(
            "iss",
            "login_hint",
            "target_link_uri",
            "lti_message_hint",
            "client_id",
            "lti_deployment_id",
            "deployment_id",
            "canvas_environment",
            STORAGE_TARGET);

    private static final String PURPOSE = "login-start";

    /** The longest that fits in the column when it is sealed. */
    private static final int LONGEST = 7_900;

    private static final int LONGEST_FRAME_NAME = 255;

    public LoginStart {
        parameters = Map.copyOf(parameters);
    }

    /** The name of the platform's frame that keeps data for us; {@code null} where it has none. */
    public @Nullable String storageTarget() {
        String name = parameters.get(STORAGE_TARGET);
        return name == null || name.length() > LONGEST_FRAME_NAME ? null : name;
    }

    /** The same login for a tab of its own, where there is no frame of the platform to ask. */
    public Map<String, String> inOwnTab() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : NAMES) {
            String value = parameters.get(name);
            if (value != null && !name.equals(STORAGE_TARGET)) {
                fields.put(name, value);
            }
        }
        return fields;
    }

    /** For the database; {@code null} where it is too long to be kept. */
    public byte @Nullable [] seal(MasterKey masterKey) {
        byte[] plain = parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
        return plain.length > LONGEST ? null : masterKey.seal(PURPOSE, plain);
    }

    public static LoginStart open(MasterKey masterKey, byte[] sealed) {
        String plain = new String(masterKey.open(PURPOSE, sealed), StandardCharsets.UTF_8);
        return new LoginStart(Arrays.stream(plain.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(
                        Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8))));
    }
}
