package dev.laurel.launch.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

class SessionCsrfTokensTests {

    private final BrowserSession sessions = new BrowserSession(Clock.systemUTC());

    private final SessionCsrfTokens tokens = new SessionCsrfTokens(sessions, new MasterKey(new byte[32]));

    @Test
    void theTokenOfALaunchIsTheSameAtEachRequest() {
        assertThat(token("session", 7)).isEqualTo(token("session", 7));
    }

    @Test
    void anotherLaunchHasAnotherTokenEvenInTheSameSession() {
        assertThat(token("session", 7)).isNotEqualTo(token("session", 8)).isNotEqualTo(token("session", null));
    }

    @Test
    void theSameLaunchHasAnotherTokenInAnotherSession() {
        assertThat(token("session", 7)).isNotEqualTo(token("another", 7));
    }

    private String token(String session, Integer launchId) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        MockHttpSession stored = new MockHttpSession(null, session);
        if (launchId != null) {
            stored.setAttribute("launch", new BrowserSession.Key(new TenantId(1), launchId).toString());
        }
        request.setSession(stored);
        return tokens.loadToken(request).getToken();
    }
}
