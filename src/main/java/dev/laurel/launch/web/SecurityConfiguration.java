package dev.laurel.launch.web;

import dev.laurel.launch.OpenLaunches;
import dev.laurel.launch.confirm.Confirmations;
import dev.laurel.launch.limits.LimitFilter;
import dev.laurel.launch.limits.Limits;
import dev.laurel.launch.session.MailedVisitors;
import dev.laurel.launch.session.UploadWatch;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.secrets.MasterKey;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestHeaderRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.transaction.support.TransactionOperations;

/** Who may open what: nothing without a session, except what is listed here. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Called by platforms before there is a session. */
    private static final RequestMatcher LTI = paths("/lti/**");

    /** Read by strangers and by verifiers. */
    private static final RequestMatcher PUBLIC = paths("/", "/issuers/**", "/achievements/**", "/b/**");

    /** Files of the tool itself, the sign of life, and the page that says what went wrong. */
    private static final RequestMatcher FILES = paths(
            "/laurel.css",
            "/*.js",
            "/*.svg",
            "/webjars/**",
            "/favicon*",
            "/favicon.ico",
            "/robots.txt",
            "/health",
            "/error");

    private static final RequestMatcher OPERATOR = paths("/operator/**");

    private static final RequestMatcher METRICS = paths("/operator/metrics");

    /** The link itself is the proof; it needs neither session nor CSRF token. */
    private static final RequestMatcher OPERATOR_ENTRY = paths("/operator/enter/*");

    /** A part of a page that is read anew; a page of one launch must not take in a part of another's. */
    private static final RequestMatcher FRAGMENT = new RequestHeaderRequestMatcher("HX-Request");

    /** Comes from a frame into a window that has no session; its ticket is the proof. */
    private static final RequestMatcher CONFIRMATION = paths("/acts/confirmation");

    /** Comes back from an LMS in a window that has no session; what that browser was given when it left is the proof. */
    private static final RequestMatcher RETURN = paths("/reading/*/callback");

    private static final RequestMatcher BY_MAIL = new MailedPages();

    private static final RequestMatcher OPEN =
            new OrRequestMatcher(LTI, PUBLIC, FILES, OPERATOR_ENTRY, CONFIRMATION, RETURN);

    @Bean
    SecurityFilterChain pages(
            HttpSecurity http,
            BrowserSession session,
            OpenLaunches launches,
            MailedVisitors visitors,
            Confirmations confirmations,
            Platforms platforms,
            Limits limits,
            ObjectProvider<UploadWatch> watches,
            MetricsSettings metrics,
            MasterKey masterKey) {
        SignInFilter signIn = new SignInFilter(session, launches, visitors, confirmations, OPEN);
        return http.securityContext(c -> c.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                // A launch makes a new session; each request would otherwise get a new id, and forms of the page
                // before it a token that counts no longer.
                .sessionManagement(c -> c.sessionFixation(fixation -> fixation.none())
                        .sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .addFilterBefore(signIn, CsrfFilter.class)
                .addFilterBefore(new ReadOnlyFilter(), CsrfFilter.class)
                .addFilterBefore(new UploadGate(OPEN, watches.orderedStream().toList()), CsrfFilter.class)
                // As early as can be, but what is turned away gets a page with all its headers.
                .addFilterAfter(new LimitFilter(limits), HeaderWriterFilter.class)
                .csrf(c -> c.csrfTokenRepository(new SessionCsrfTokens(session, masterKey))
                        .requireCsrfProtectionMatcher(new OrRequestMatcher(CsrfFilter.DEFAULT_CSRF_MATCHER, FRAGMENT))
                        .ignoringRequestMatchers(OPEN, Confirmations::isRedeemed))
                .headers(c -> headers(c, platforms))
                .authorizeHttpRequests(c -> c.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(new AndRequestMatcher(METRICS, metrics::isReader))
                        .permitAll()
                        .requestMatchers(OPERATOR)
                        .hasAuthority(OperatorAuthentication.AUTHORITY)
                        .requestMatchers(paths("/actuator/**"))
                        .denyAll()
                        .anyRequest()
                        .access((authentication, context) ->
                                new AuthorizationDecision(mayAsk(authentication.get(), context.getRequest()))))
                .exceptionHandling(c -> c.authenticationEntryPoint(
                                (request, response, e) -> response.sendError(HttpServletResponse.SC_UNAUTHORIZED))
                        .accessDeniedHandler(new DeniedRequests(session)))
                .build();
    }

    private static boolean mayAsk(@Nullable Authentication who, HttpServletRequest request) {
        return who instanceof LaunchAuthentication || who instanceof MailedAuthentication && BY_MAIL.matches(request);
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, Platforms platforms) {
        headers.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable)
                .referrerPolicy(c -> c.policy(ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN))
                .httpStrictTransportSecurity(c -> c.includeSubDomains(false)
                        .maxAgeInSeconds(Duration.ofDays(365).toSeconds()))
                .addHeaderWriter(new ContentSecurityPolicy(
                        platforms,
                        new OrRequestMatcher(PUBLIC, OPERATOR, CONFIRMATION, RETURN, Confirmations::isRedeemed)));
    }

    /**
     * Spring Session opens a transaction of its own even to read one row, which doubles the statements of a page. Its
     * writes stand alone: a session whose attribute is missing after a crash is nobody's.
     */
    @Bean(defaultCandidate = false)
    TransactionOperations springSessionTransactionOperations() {
        return TransactionOperations.withoutTransaction();
    }

    /** Goes between Spring Session's filter and its table. */
    @Bean
    static BeanPostProcessor sparingSessions() {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof JdbcIndexedSessionRepository sessions ? new SparingSessions(sessions) : bean;
            }
        };
    }

    @Bean
    FilterRegistrationBean<SparingSessions.OneRequest> sessionsOfOneRequest() {
        FilterRegistrationBean<SparingSessions.OneRequest> filter =
                new FilterRegistrationBean<>(new SparingSessions.OneRequest());
        filter.setOrder(SessionRepositoryFilter.DEFAULT_ORDER - 1);
        return filter;
    }

    /** A span around each of the filters of each request is not worth its cost; our own steps are measured. */
    @Bean
    SecurityObservationSettings noObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(BrowserSession.COOKIE);
        cookie.setCookiePath("/");
        cookie.setUseSecureCookie(true);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("None");
        cookie.setPartitioned(true);
        return cookie;
    }

    private static RequestMatcher paths(String... patterns) {
        return new OrRequestMatcher(Arrays.stream(patterns)
                .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                .toList());
    }
}
