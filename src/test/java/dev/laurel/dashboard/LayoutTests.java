package dev.laurel.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

class LayoutTests {

    private final SpringTemplateEngine engine = engine();

    @ParameterizedTest
    @ValueSource(strings = {"page", "public"})
    void bothFramesHaveOneTitleOneHeadingAndTheLandmarks(String frame) {
        String page = render(frame, Map.of());

        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .containsOnlyOnce("<html lang=\"en\"")
                .containsOnlyOnce("<title>Tea</title>")
                .containsOnlyOnce("<h1>")
                .containsOnlyOnce("<main id=\"main\"")
                .containsOnlyOnce("role=\"status\"")
                .contains("href=\"#main\"", "<footer")
                .doesNotContain("th:", "??");
    }

    @Test
    void aFrameForStrangersRunsNoScript() {
        assertThat(render("public", Map.of())).doesNotContain("<script");
    }

    @Test
    void whatJustHappenedIsSaidInTheStatusRegion() {
        assertThat(render("page", Map.of("flash", "Two < three")))
                .contains("<p class=\"note good\">Two &lt; three</p>");
    }

    private String render(String frame, Map<String, Object> model) {
        String template = """
                <!DOCTYPE html>
                <html lang="en" th:replace="~{layout :: %s(~{::title}, ~{::main})}">
                <head><title>Tea</title></head>
                <body><main id="main"><h1>Tea</h1></main></body>
                </html>""".formatted(frame);
        var web = JakartaServletWebApplication.buildApplication(new MockServletContext())
                .buildExchange(new MockHttpServletRequest(), new MockHttpServletResponse());
        var context = new WebContext(web, Locale.ENGLISH, model);
        var beans = new StaticApplicationContext();
        beans.getBeanFactory().registerSingleton("acting", new NobodyElse());
        context.setVariable(
                ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
                new ThymeleafEvaluationContext(beans, null));
        return engine.process(template, context);
    }

    /** In place of the banner that tells of launches that are not ordinary ones. */
    public static final class NobodyElse {

        public String mark() {
            return null;
        }
    }

    private static SpringTemplateEngine engine() {
        var files = new ClassLoaderTemplateResolver();
        files.setPrefix("templates/");
        files.setSuffix(".html");
        files.setTemplateMode(TemplateMode.HTML);
        files.setCheckExistence(true);
        files.setOrder(1);
        var strings = new StringTemplateResolver();
        strings.setOrder(2);
        var messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        var engine = new SpringTemplateEngine();
        engine.addTemplateResolver(files);
        engine.addTemplateResolver(strings);
        engine.setTemplateEngineMessageSource(messages);
        return engine;
    }
}
