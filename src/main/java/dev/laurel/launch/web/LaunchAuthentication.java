package dev.laurel.launch.web;

import dev.laurel.launch.Launches;
import dev.laurel.launch.session.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** Somebody who came by a launch. Made anew for each request and never stored. */
class LaunchAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;

    private final long registrationId;

    LaunchAuthentication(Launches.Stored launch) {
        super(authorities(launch.signedIn()));
        this.signedIn = launch.signedIn();
        this.registrationId = launch.registrationId();
        setAuthenticated(true);
    }

    long registrationId() {
        return registrationId;
    }

    @Override
    public SignedIn getPrincipal() {
        return signedIn;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    /** The number of the launch: what a log may say of somebody. */
    @Override
    public String getName() {
        return "launch " + signedIn.launchId();
    }

    private static List<GrantedAuthority> authorities(SignedIn signedIn) {
        return signedIn.roles().stream()
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                .toList();
    }
}
