package dev.laurel.publication.backpack;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refusals of the API, as Open Badges wants them said.
 *
 * @see <a href="https://www.imsglobal.org/spec/ob/v3p0/#imsx-statusinfo">Open Badges 3.0, Imsx_StatusInfo</a>
 */
@Component
class StatusInfos implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final JsonMapper json;

    StatusInfos(JsonMapper json) {
        this.json = json;
    }

    /** The body of a refusal. */
    static Map<String, Object> of(HttpStatus status, String description) {
        return Map.of(
                "imsx_codeMajor",
                "failure",
                "imsx_severity",
                "error",
                "imsx_description",
                description,
                "imsx_codeMinor",
                Map.of(
                        "imsx_codeMinorField",
                        List.of(Map.of(
                                "imsx_codeMinorFieldName",
                                "TargetEndSystem",
                                "imsx_codeMinorFieldValue",
                                minor(status)))));
    }

    /** Of those that the specification lists, and it closes its list. */
    private static String minor(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "unauthorizedrequest";
            case FORBIDDEN -> "forbidden";
            // There is no body in which data could be wrong.
            case BAD_REQUEST -> "invalid_query_parameter";
            default -> "unknown";
        };
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        write(response, HttpStatus.UNAUTHORIZED, "There is no such token, or it does not count any more");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        write(response, HttpStatus.FORBIDDEN, "The token is not for this");
    }

    private void write(HttpServletResponse response, HttpStatus status, String description) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(of(status, description)));
    }
}
