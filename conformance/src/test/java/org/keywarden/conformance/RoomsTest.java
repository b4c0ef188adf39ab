package org.keywarden.conformance;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packages of the kit: no circles, and one class of a name. */
final class RoomsTest {
  private static final JavaClasses KIT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.keywarden.conformance");

  @Test
  void packagesFormNoCircle() {
    slices().matching("org.keywarden.(**)").should().beFreeOfCycles().check(KIT);
  }

  @Test
  void noNameExistsTwice() {
    List<String> names =
        KIT.stream()
            .filter(JavaClass::isTopLevelClass)
            .map(JavaClass::getSimpleName)
            .filter(name -> !name.equals("package-info"))
            .toList();
    assertEquals(names.stream().distinct().toList(), names);
  }
}
