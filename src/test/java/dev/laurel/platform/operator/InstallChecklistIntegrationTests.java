package dev.laurel.platform.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

@LaurelTest
class InstallChecklistIntegrationTests {

    @Autowired
    InstallChecklist checklist;

    @Autowired
    MessageSource messages;

    @Test
    void whileNoPlatformIsThereTheSelfTestLeadsToTheLinksThatRegisterOne() {
        InstallChecklist.Step selfTest = checklist.steps(List.of()).stream()
                .filter(step -> step.name().equals("self-test"))
                .findFirst()
                .orElseThrow();

        assertThat(selfTest.state()).isEqualTo("no-platform");
        assertThat(selfTest.href()).isEqualTo("/operator/registration-links");
        assertThat(messages.getMessage("operator.install.self-test.do", null, LocaleContextHolder.getLocale()))
                .contains("registration link");
    }
}
