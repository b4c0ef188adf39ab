package org.keywarden.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Within the broker's process no two classes have one name (docs/decisions/0082). */
final class NamesTest {
  /** Modules that are here for tests only. */
  private static final List<String> OF_TESTS =
      List.of("org.keywarden.client.", "org.keywarden.testbed.", "org.keywarden.planted.");

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, Set<String>> packages =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.keywarden")
                .stream()
                .filter(each -> each.isTopLevelClass() && isOurs(each.getFullName()))
                .collect(
                    Collectors.groupingBy(
                        JavaClass::getSimpleName,
                        TreeMap::new,
                        Collectors.mapping(JavaClass::getPackageName, Collectors.toSet())));
    packages.values().removeIf(in -> in.size() == 1);
    assertEquals(
        Map.of("Malformed", Set.of("org.keywarden.audit", "org.keywarden.ibus.wire")), packages);
  }

  /** Names of messages are the contract's. */
  private static boolean isOurs(String name) {
    return !name.matches("org\\.keywarden\\.proto\\.\\w+\\.v1\\..*")
        && !name.endsWith("package-info")
        && OF_TESTS.stream().noneMatch(name::startsWith);
  }
}
