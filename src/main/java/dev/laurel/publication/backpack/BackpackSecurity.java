package dev.laurel.publication.backpack;

import dev.laurel.launch.limits.ClientLimit;
import dev.laurel.launch.limits.FloodFilter;
import dev.laurel.launch.session.Sessions;
import dev.laurel.platform.tenant.PublicUrl;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2AccessTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2RefreshTokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * Spring's authorization server for backpacks, and the API behind it. Whoever is logged in is known by her launch; Laurel has no
 * passwords.
 */
@Configuration(proxyBeanMethods = false)
class BackpackSecurity {

    static final String AUTHORIZE = "/backpacks/authorize";

    static final String TOKEN = "/backpacks/token";

    static final String REGISTER = "/backpacks/register";

    static final String REVOKE = "/backpacks/revoke";

    static final String CONSENT = "/backpacks/consent";

    static final String ABOUT = "/backpacks/about";

    static final String API = "/ims/ob/v3p0";

    private static final int PER_MINUTE = 300;

    private static final int REGISTRATIONS_PER_MINUTE = 10;

    @Bean
    RegisteredClientRepository backpackClients(JdbcOperations jdbc) {
        return new JdbcRegisteredClientRepository(jdbc);
    }

    @Bean
    OAuth2AuthorizationService backpackAuthorizations(
            JdbcOperations jdbc, RegisteredClientRepository clients, BackpackPermissions permissions) {
        return new HashedAuthorizations(new JdbcOAuth2AuthorizationService(jdbc, clients), permissions);
    }

    @Bean
    OAuth2AuthorizationConsentService backpackConsents(JdbcOperations jdbc, RegisteredClientRepository clients) {
        return new LastingConsents(new JdbcOAuth2AuthorizationConsentService(jdbc, clients));
    }

    /** A backpack that was let in for an hour gets nothing to go on with, whatever it registered for. */
    @Bean
    OAuth2TokenGenerator<OAuth2Token> backpackTokenGenerator() {
        OAuth2RefreshTokenGenerator refresh = new OAuth2RefreshTokenGenerator();
        return new DelegatingOAuth2TokenGenerator(
                new OAuth2AccessTokenGenerator(), context -> isLasting(context) ? refresh.generate(context) : null);
    }

    private static boolean isLasting(OAuth2TokenContext context) {
        OAuth2Authorization authorization = context.getAuthorization();
        return authorization != null && authorization.getAuthorizedScopes().contains(Scopes.OFFLINE);
    }

    @Bean
    AuthorizationServerSettings backpackSettings(PublicUrl publicUrl) {
        return AuthorizationServerSettings.builder()
                .issuer(publicUrl.value().toString())
                .authorizationEndpoint(AUTHORIZE)
                .tokenEndpoint(TOKEN)
                .clientRegistrationEndpoint(REGISTER)
                .tokenRevocationEndpoint(REVOKE)
                .tokenIntrospectionEndpoint("/backpacks/introspect")
                .jwkSetEndpoint("/backpacks/jwks.json")
                .build();
    }

    @Bean
    @Order(5)
    SecurityFilterChain backpackAuthorization(HttpSecurity http, Sessions sessions, BackpackPermissions permissions) {
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        FloodFilter registrations = new FloodFilter(
                new ClientLimit(REGISTRATIONS_PER_MINUTE),
                PathPatternRequestMatcher.withDefaults().matcher(REGISTER));
        return http.securityMatcher(AUTHORIZE, TOKEN, REGISTER, REVOKE, "/.well-known/oauth-authorization-server")
                .with(
                        server,
                        configurer -> configurer
                                .authorizationEndpoint(endpoint -> endpoint.consentPage(CONSENT)
                                        .authorizationResponseHandler(new AuthorizationResponses())
                                        .authenticationProviders(BackpackSecurity::withRules))
                                .clientRegistrationEndpoint(endpoint -> endpoint.openRegistrationAllowed(true)
                                        .authenticationProviders(providers -> withRules(providers, permissions))))
                // Registration is open: no token is ever right.
                .oauth2ResourceServer(resource -> resource.jwt(jwt -> jwt.decoder(token -> {
                    throw new BadJwtException("Laurel gives out no such tokens");
                })))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, REGISTER)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .addFilterAfter(new FloodFilter(new ClientLimit(PER_MINUTE)), HeaderWriterFilter.class)
                .addFilterAfter(registrations, HeaderWriterFilter.class)
                .addFilterBefore(new HolderFilter(sessions), CsrfFilter.class)
                .securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.NEVER)
                        .sessionFixation(fixation -> fixation.none()))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(handling -> handling.authenticationEntryPoint((request, response, e) -> {
                    if (!AUTHORIZE.equals(request.getServletPath()) || !"GET".equals(request.getMethod())) {
                        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
                        return;
                    }
                    // What the backpack asked for comes along, so that it can be gone on with.
                    String query = Optional.ofNullable(request.getQueryString()).orElse("");
                    response.sendRedirect(ABOUT + "?request=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
                }))
                .build();
    }

    private static void withRules(List<AuthenticationProvider> providers) {
        providers.forEach(provider -> {
            if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider requests) {
                requests.setAuthenticationValidator(new AuthorizationRules());
            }
        });
    }

    private static void withRules(List<AuthenticationProvider> providers, BackpackPermissions permissions) {
        providers.forEach(provider -> {
            if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider registrations) {
                registrations.setAuthenticationValidator(new RegistrationRules());
                BackpackClients clients = new BackpackClients(permissions);
                registrations.setRegisteredClientConverter(clients);
                registrations.setClientRegistrationConverter(clients::answer);
            }
        });
    }

    /** The discovery document, and what to do without a session: for everybody. */
    @Bean
    @Order(6)
    SecurityFilterChain backpackPublic(HttpSecurity http) {
        return http.securityMatcher(API + "/discovery", ABOUT)
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(
                        headers -> headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                                .contentSecurityPolicy(
                                        policy -> policy.policyDirectives(
                                                "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")))
                .build();
    }

    @Bean
    @Order(7)
    SecurityFilterChain backpackApi(HttpSecurity http, BackpackTokens tokens, StatusInfos refusals) {
        return http.securityMatcher(API + "/**")
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.GET, API + "/credentials")
                        .hasAuthority("SCOPE_" + Scopes.CREDENTIALS)
                        .requestMatchers(HttpMethod.GET, API + "/profile")
                        .hasAuthority("SCOPE_" + Scopes.PROFILE)
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(resource -> resource.opaqueToken(token -> token.introspector(tokens))
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .addFilterAfter(new FloodFilter(new ClientLimit(PER_MINUTE)), HeaderWriterFilter.class)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false)))
                .build();
    }
}
