package dev.laurel.dashboard.institution;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an operator says of archives of institutions.
 *
 * @param largest that may be brought in
 */
@ConfigurationProperties("laurel.archives")
record ArchiveSettings(@DefaultValue("2GB") DataSize largest) {}
