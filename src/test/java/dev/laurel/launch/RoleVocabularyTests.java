package dev.laurel.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.launch.session.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleVocabularyTests {

    private static final String V2 = "http://purl.imsglobal.org/vocab/lis/v2/";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            membership#Instructor | INSTRUCTOR
            Instructor | INSTRUCTOR
            Learner | LEARNER
            membership#Learner | LEARNER
            membership/Learner#NonCreditLearner | LEARNER
            membership#ContentDeveloper | DESIGNER
            membership#Mentor | OBSERVER
            membership/Instructor#TeachingAssistant | TEACHING_ASSISTANT
            membership/Instructor#Grader | TEACHING_ASSISTANT
            membership/Instructor#TeachingAssistant membership#Instructor | TEACHING_ASSISTANT
            membership#Instructor membership/Instructor#TeachingAssistant | TEACHING_ASSISTANT
            membership/Instructor#PrimaryInstructor | INSTRUCTOR
            membership/Instructor#PrimaryInstructor membership/Instructor#TeachingAssistant | INSTRUCTOR TEACHING_ASSISTANT
            membership#Learner institution/person#Student membership#Mentor | LEARNER OBSERVER
            membership#Learner http://purl.imsglobal.org/vocab/lti/system/person#TestUser | TEST_STUDENT
            http://purl.imsglobal.org/vocab/lti/system/person#TestUser | TEST_STUDENT
            TeachingAssistant | TEACHING_ASSISTANT
            urn:lti:role:ims/lis/Learner | LEARNER
            urn:lti:role:ims/lis/TeachingAssistant | TEACHING_ASSISTANT
            urn:lti:role:ims/lis/Instructor/GuestInstructor | INSTRUCTOR
            urn:lti:instrole:ims/lis/Instructor | ''
            learner | ''
            institution/person#Administrator | ''
            institution/person#Instructor | ''
            system/person#Administrator institution/person#Administrator membership#Instructor | INSTRUCTOR
            unknown/unknown#Helper | ''
            membership#Administrator | ''
            MEMBERSHIP#Instructor | ''
            http://evil.example/membership#Instructor | ''
            """)
    void membershipRolesCountInACourse(String names, String roles) {
        assertThat(RoleVocabulary.inContext(uris(names))).isEqualTo(roles(roles));
    }

    @Test
    void anEmptyOrBlankRoleGivesNothing() {
        assertThat(RoleVocabulary.inContext(List.of())).isEmpty();
        assertThat(RoleVocabulary.inContext(List.of("", " "))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            institution/person#Administrator | INSTITUTION_ADMIN
            institution/person#Administrator membership#Instructor | INSTITUTION_ADMIN
            system/person#Administrator | ''
            Administrator | ''
            membership#Instructor | ''
            """)
    void outsideACourseOnlyTheInstitutionsAdministratorCounts(String names, String roles) {
        assertThat(RoleVocabulary.outsideContext(uris(names))).isEqualTo(roles(roles));
    }

    private static List<String> uris(String names) {
        return Arrays.stream(names.split(" "))
                .map(name -> name.contains("#") && !name.startsWith("http") ? V2 + name : name)
                .toList();
    }

    private static Set<Role> roles(String names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(names.split(" "))
                .filter(n -> !n.isEmpty())
                .map(Role::valueOf)
                .forEach(roles::add);
        return roles;
    }
}
