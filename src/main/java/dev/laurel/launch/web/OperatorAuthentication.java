package dev.laurel.launch.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Whoever runs the installation, come by a one-time link. Sees no student data. */
class OperatorAuthentication extends AbstractAuthenticationToken {

    static final String AUTHORITY = "ROLE_OPERATOR";

    private static final long serialVersionUID = 1L;

    OperatorAuthentication() {
        super(List.of(new SimpleGrantedAuthority(AUTHORITY)));
        setAuthenticated(true);
    }

    @Override
    public Object getPrincipal() {
        return "operator";
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }
}
