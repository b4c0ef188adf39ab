package org.keywarden.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.File;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The layering of the broker; each rule holds for it and fails on the classes in {@code
 * org.keywarden.planted}.
 */
final class ArchitectureTest {
  private static final JavaClasses BROKER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.keywarden.broker");
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("org.keywarden.planted");

  private static final List<ArchRule> RULES =
      List.of(
          noClasses()
              .that()
              .resideInAPackage("..seat..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  "io.grpc..",
                  "com.google.protobuf..",
                  "io.netty..",
                  "com.google.inject..",
                  "org.keywarden.proto..")
              .because("the seat is pure: it is simulated by the million and knows no transport"),
          noClasses()
              .that()
              .resideOutsideOfPackage("..app..")
              .should()
              .callMethod(System.class, "nanoTime")
              .orShould()
              .callMethod(System.class, "currentTimeMillis")
              .because("time is given, so that tests need no waiting"),
          noClasses()
              .that()
              .resideOutsideOfPackage("..capability..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("org.bouncycastle..")
              .because("there is one strict verifier"),
          noClasses()
              .that()
              .resideOutsideOfPackage("..app..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("com.google.inject..")
              .because("parts are put together in one place"),
          noClasses()
              .that()
              .resideOutsideOfPackage("..plugin.sandbox..")
              .should()
              .dependOnClassesThat()
              .areAssignableTo(ProcessBuilder.class)
              .because("processes are started behind one port, where the sandbox will be"),
          noClasses()
              .that()
              .resideInAnyPackage(
                  "..seat..",
                  "..budget..",
                  "..socket..",
                  "..rpc..",
                  "..trusted..",
                  "..frontdoor.host..",
                  "..frontdoor.field..",
                  "..frontdoor.wayland..",
                  "..frontdoor.ibus.context..",
                  "..frontdoor.ibus.panel..")
              .and()
              .doNotHaveSimpleName("UnixServer")
              .should()
              .dependOnClassesThat()
              .belongToAnyOf(Files.class, FileChannel.class, File.class, ProcessHandle.class)
              .because("what a peer controls is looked at beside the thread of the seat"),
          noClasses()
              .that()
              .doNotHaveSimpleName("Console")
              .and()
              .doNotHaveSimpleName("Tool")
              .and()
              .doNotHaveSimpleName("ContractInterceptor")
              .should()
              .accessField(System.class, "err")
              .orShould()
              .accessField(System.class, "out")
              .because("what is printed may quote others, and is made visible in one place"),
          noClasses()
              .should()
              .haveNameMatching(".*(Impl|Utils|Helper|Manager)$")
              .because("a name says what a thing is"));

  @TestFactory
  Stream<DynamicTest> theBrokerKeepsEachRule() {
    return RULES.stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(BROKER)));
  }

  @TestFactory
  Stream<DynamicTest> eachRuleCanFail() {
    return RULES.stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getDescription(),
                    () -> assertThrows(AssertionError.class, () -> rule.check(PLANTED))));
  }
}
