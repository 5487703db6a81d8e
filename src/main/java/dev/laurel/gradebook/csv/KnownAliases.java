package dev.laurel.gradebook.csv;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is known of members by launches and rosters: e-mail, student number, the number in Canvas, and the user of LTI, which is Moodle's number. */
@Configuration(proxyBeanMethods = false)
class KnownAliases {

    @Bean
    LearnerAliases mailAddresses(Contexts contexts) {
        return new Known(Role.EMAIL) {

            @Override
            public Map<Long, String> of(CourseContext course, Collection<Long> people) {
                Map<Long, String> mails = new HashMap<>();
                contexts.profiles(course.tenant(), people).forEach((person, profile) -> {
                    String mail = profile.email();
                    if (mail != null && !mail.isBlank()) {
                        mails.put(person, mail);
                    }
                });
                return mails;
            }
        };
    }

    @Bean
    LearnerAliases studentNumbers(Contexts contexts) {
        return new Known(Role.SIS_ID) {

            @Override
            public Map<Long, String> of(CourseContext course, Collection<Long> people) {
                Map<Long, String> numbers = new HashMap<>();
                contexts.profiles(course.tenant(), people).forEach((person, profile) -> {
                    if (profile.sisId() != null) {
                        numbers.put(person, profile.sisId());
                    }
                });
                return numbers;
            }
        };
    }

    @Bean
    LearnerAliases platformUserNumbers(Contexts contexts) {
        return new Known(Role.USER_ID) {

            @Override
            public Map<Long, String> of(CourseContext course, Collection<Long> people) {
                return contexts.platformUsers(course, people);
            }
        };
    }

    @Bean
    LearnerAliases ltiUsers(Contexts contexts) {
        return new Known(Role.USER_ID) {

            @Override
            public Map<Long, String> of(CourseContext course, Collection<Long> people) {
                return contexts.subs(course.tenant(), course.registrationId(), people);
            }
        };
    }

    private abstract static class Known implements LearnerAliases {

        private final Role role;

        Known(Role role) {
            this.role = role;
        }

        @Override
        public Role role() {
            return role;
        }
    }
}
