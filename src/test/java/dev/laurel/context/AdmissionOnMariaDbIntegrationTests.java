package dev.laurel.context;

import dev.laurel.LaurelTest;

@LaurelTest
class AdmissionOnMariaDbIntegrationTests extends AdmissionTests {}
