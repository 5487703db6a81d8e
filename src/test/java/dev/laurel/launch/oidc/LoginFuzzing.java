package dev.laurel.launch.oidc;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.laurel.launch.limits.Limits;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.PublicUrl;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.mockito.Mockito;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.ModelAndView;

/** What anybody may send as a login request: it goes to the platform's own address, or is refused. */
public final class LoginFuzzing {

    private static final List<String> NAMES = List.of(
            "iss",
            "client_id",
            "login_hint",
            "lti_message_hint",
            "target_link_uri",
            "lti_deployment_id",
            "deployment_id",
            "lti_storage_target",
            "state");

    private static final LoginController LOGIN = controller();

    private LoginFuzzing() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/lti/login");
        for (String name : NAMES) {
            for (int values = data.consumeInt(0, 2); values > 0; values--) {
                request.addParameter(name, data.consumeString(60));
            }
        }
        try {
            MockHttpServletResponse response = new MockHttpServletResponse();
            ModelAndView page = LOGIN.login(request, response);
            Object next = page == null
                    ? response.getHeader(HttpHeaders.LOCATION)
                    : page.getModel().get("next");
            URI location = URI.create(String.valueOf(next));
            if (!"lms.example.edu".equals(location.getHost())
                    || !location.getRawQuery().startsWith("tenant=1&")) {
                throw new IllegalStateException("The browser is sent to " + location);
            }
        } catch (LaunchRefusedException refused) {
            if (!refused.refusal().status().is4xxClientError()) {
                throw refused;
            }
        }
    }

    private static LoginController controller() {
        Platforms platforms =
                Mockito.mock(Platforms.class, Mockito.withSettings().stubOnly());
        Mockito.when(platforms.registration(Mockito.any(), Mockito.any()))
                .thenReturn(Optional.of(IdTokenFuzzing.REGISTRATION));
        PendingLogins logins =
                Mockito.mock(PendingLogins.class, Mockito.withSettings().stubOnly());
        Limits limits = Mockito.mock(Limits.class, Mockito.withSettings().stubOnly());
        Mockito.when(limits.allowsLogin(Mockito.eq(1L), Mockito.any())).thenReturn(true);
        return new LoginController(
                platforms,
                logins,
                new BindingPages(),
                new MasterKey(new byte[MasterKey.LENGTH]),
                new PublicUrl(URI.create("https://laurel.example.edu")),
                limits);
    }
}
