package dev.laurel.achievement;

import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;

/**
 * Answers an upload that is too large with a page that says so. It stands before everything else: whoever asks for a
 * parameter first makes the server parse the form, and a form over the limit has no parameters at all, so the person would
 * read that her form is out of date.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class UploadLimit extends OncePerRequestFilter {

    private static final MultipartResolver FORMS = new StandardServletMultipartResolver();

    private final long most;

    /** By the paths of servlets that have a limit of their own. */
    private final Map<String, Long> others = new HashMap<>();

    UploadLimit(MultipartProperties multipart, ObjectProvider<ServletRegistrationBean<?>> servlets) {
        this.most = multipart.getMaxRequestSize().toBytes();
        for (ServletRegistrationBean<?> servlet : servlets) {
            MultipartConfigElement limits = servlet.getMultipartConfig();
            if (limits != null) {
                servlet.getUrlMappings().forEach(path -> others.put(path, limits.getMaxRequestSize()));
            }
        }
    }

    /** Where badges are checked nobody has a form that could be out of date, and programs want to read the reason. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getServletPath().equals("/verify");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (FORMS.isMultipart(request)
                && request.getContentLengthLong() > others.getOrDefault(request.getServletPath(), most)) {
            response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            return;
        }
        chain.doFilter(request, response);
    }
}
