package dev.laurel.platform.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.LaurelTest;
import dev.laurel.Statements;
import dev.laurel.platform.Platforms;
import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.ui.ExtendedModelMap;

/** The operator reads of which institutions credentials could not be signed. */
@LaurelTest
class SetAsideInstitutionsIntegrationTests {

    private static final String REASON = "The key of the issuer is locked away.";

    @Autowired
    OperatorController pages;

    @Autowired
    Platforms platforms;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void thePageAsksForAllTheirNamesAtOnceHoweverManyThereAre() {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            givenUpOn("Northfield " + UUID.randomUUID());
            long one = statements();
            String last = "Southfield " + UUID.randomUUID();
            List.of("Eastfield " + UUID.randomUUID(), "Westfield " + UUID.randomUUID(), last)
                    .forEach(this::givenUpOn);

            assertThat(statements()).isEqualTo(one);
            assertThat(page().getAttribute("work"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(OperatorController.Given.class))
                    .filteredOn(given -> given.waiting().reason().equals(REASON))
                    .extracting(OperatorController.Given::institution)
                    .contains(last);
        });
    }

    private long statements() {
        return Statements.of(transaction, jdbc, this::page);
    }

    private ExtendedModelMap page() {
        ExtendedModelMap model = new ExtendedModelMap();
        pages.jobs(model);
        return model;
    }

    private void givenUpOn(String institution) {
        TenantId tenant = platforms.tenantNamed(institution);
        jdbc.sql("""
                INSERT INTO credential (tenant_id, award_id, public_id, reference, identity_salt, refresh_token, set_aside, created_at)
                VALUES (?, 1, UUID(), 'R', 'salt', MD5(RAND()), ?, UTC_TIMESTAMP(6))""").params(tenant.value(), REASON).update();
    }
}
