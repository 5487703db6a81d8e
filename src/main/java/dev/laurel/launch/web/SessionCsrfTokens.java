package dev.laurel.launch.web;

import dev.laurel.platform.secrets.MasterKey;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DefaultCsrfToken;

/**
 * CSRF tokens that are computed under the master key from the session's id and the launch that it stands for, so that
 * none has to be stored. A form therefore belongs to the launch that it was shown in: once the browser acts as another
 * one, perhaps in another course, it counts no longer.
 */
class SessionCsrfTokens implements CsrfTokenRepository {

    private static final String HEADER = "X-CSRF-TOKEN";

    private static final String PARAMETER = "_csrf";

    private final BrowserSession sessions;

    private final MasterKey masterKey;

    SessionCsrfTokens(BrowserSession sessions, MasterKey masterKey) {
        this.sessions = sessions;
        this.masterKey = masterKey;
    }

    @Override
    public CsrfToken generateToken(HttpServletRequest request) {
        CsrfToken token = loadToken(request);
        // Without a session there is nothing to protect, and nothing that a token could be checked against later.
        return token == null
                ? new DefaultCsrfToken(HEADER, PARAMETER, UUID.randomUUID().toString())
                : token;
    }

    @Override
    public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
        // It can be computed again.
    }

    @Override
    public @Nullable CsrfToken loadToken(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        String bound = session.getId() + " "
                + sessions.launch(request).map(Object::toString).orElse("no launch");
        byte[] hash = masterKey.keyedHash("csrf", bound.getBytes(StandardCharsets.UTF_8));
        return new DefaultCsrfToken(
                HEADER, PARAMETER, Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }
}
