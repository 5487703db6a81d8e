package dev.laurel.criteria;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the evaluation.
 *
 * @param chunk how many changes, or learners of a newly activated badge, are evaluated in one transaction
 */
@ConfigurationProperties("laurel.criteria")
record CriteriaSettings(@DefaultValue("5000") int chunk) {

    CriteriaSettings {
        if (chunk < 1) {
            throw new IllegalArgumentException("laurel.criteria.chunk must be at least 1");
        }
    }
}
