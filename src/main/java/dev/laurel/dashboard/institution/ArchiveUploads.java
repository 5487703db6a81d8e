package dev.laurel.dashboard.institution;

import jakarta.servlet.MultipartConfigElement;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * An archive of an institution is much larger than anything else that is uploaded. How large an upload may be is a setting of a
 * servlet, so the page of archives has a servlet of its own, with the same controllers behind it; for everything else the usual
 * limit stays. What is uploaded lies on the disk until it is stored.
 */
@Configuration(proxyBeanMethods = false)
class ArchiveUploads {

    /** The passphrase and what else stands in the form. */
    private static final long REST_OF_THE_FORM = 1 << 20;

    @Bean
    ServletRegistrationBean<DispatcherServlet> archiveServlet(
            WebApplicationContext application, ArchiveSettings settings) {
        long largest = settings.largest().toBytes();
        DispatcherServlet servlet = new DispatcherServlet();
        servlet.setApplicationContext(application);
        ServletRegistrationBean<DispatcherServlet> registration =
                new ServletRegistrationBean<>(servlet, ArchivesController.PATH);
        registration.setName("archives");
        registration.setMultipartConfig(new MultipartConfigElement("", largest, largest + REST_OF_THE_FORM, 0));
        return registration;
    }
}
