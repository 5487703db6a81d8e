package dev.laurel.launch.web;

import dev.laurel.launch.session.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Somebody who came by a link in an e-mail, with no role anywhere. Made anew for each request and never stored. */
class MailedAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;

    MailedAuthentication(SignedIn signedIn) {
        super(List.of());
        this.signedIn = signedIn;
        setAuthenticated(true);
    }

    @Override
    public SignedIn getPrincipal() {
        return signedIn;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    /** What a log may say of somebody. */
    @Override
    public String getName() {
        return "by mail";
    }
}
