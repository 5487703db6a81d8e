package dev.laurel.launch.confirm;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Before and after an act. Whatever page a controller goes on to, the window that was opened for the act ends here: it has
 * no session that could show it.
 */
@ControllerAdvice
class ConfirmationPages implements HandlerInterceptor, WebMvcConfigurer {

    private final Confirmations confirmations;

    ConfirmationPages(Confirmations confirmations) {
        this.confirmations = confirmations;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    /** A click in a frame: one step more. */
    @ExceptionHandler
    ModelAndView needed(ConfirmationNeededException e) {
        return new ModelAndView("launch/confirm-first", Map.of("act", e.act()));
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        Ticket ticket = Confirmations.redeemed(request);
        String view = page == null ? null : page.getViewName();
        if (ticket == null || page == null || view == null || !view.startsWith("redirect:")) {
            return;
        }
        Map<String, Object> said = new HashMap<>(RequestContextUtils.getOutputFlashMap(request));
        RequestContextUtils.getOutputFlashMap(request).clear();
        // Also where nothing was done: then the page behind is out of date.
        confirmations.done(ticket);
        page.clear();
        page.setViewName("launch/confirmed");
        page.addAllObjects(said);
    }
}
