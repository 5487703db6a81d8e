package dev.laurel.gradebook.csv;

import dev.laurel.LaurelMySqlTest;
import org.junit.jupiter.api.Tag;

@Tag("once")
@LaurelMySqlTest
class CsvImportsOnMySqlIntegrationTests extends CsvImportsTests {}
