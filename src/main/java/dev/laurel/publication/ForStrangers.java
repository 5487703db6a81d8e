package dev.laurel.publication;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * What the chains of all pages for strangers have in common: nobody is signed in and no session begins, so no form needs a
 * token; other sites are not told where somebody was; nothing but pictures and styles of ours is loaded.
 */
public final class ForStrangers {

    /** Of a page without forms that no other page frames, as {@code Content-Security-Policy}. */
    public static final String READ = policy("'none'", "'none'");

    /** The same of a page with forms, which go to us. */
    public static final String FILLED_IN = policy("'self'", "'none'");

    private ForStrangers() {}

    static String policy(String forms, String frames) {
        return "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; form-action " + forms
                + "; frame-ancestors " + frames;
    }

    public static HttpSecurity stateless(HttpSecurity http) {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .securityContext(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.httpStrictTransportSecurity(hsts -> hsts.includeSubDomains(false))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }

    /** Everybody may use these methods, and nobody any other. */
    public static HttpSecurity only(HttpSecurity http, HttpMethod... methods) {
        return http.authorizeHttpRequests(requests -> {
            for (HttpMethod method : methods) {
                requests.requestMatchers(method).permitAll();
            }
            requests.anyRequest().denyAll();
        });
    }

    /** No search engine keeps what is somebody's. */
    public static HttpSecurity unlisted(HttpSecurity http) {
        return http.headers(
                headers -> headers.addHeaderWriter(new StaticHeadersWriter("X-Robots-Tag", "noindex, nofollow")));
    }

    /** Verifiers in a browser come from any site, and read also that there is nothing. No cookie is asked for. */
    static HttpSecurity fromAnySite(HttpSecurity http) {
        return http.headers(headers ->
                headers.addHeaderWriter(new StaticHeadersWriter(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*")));
    }

    /** As {@code Content-Security-Policy}. */
    public static HttpSecurity loading(HttpSecurity http, String policy) {
        return http.headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy)));
    }
}
