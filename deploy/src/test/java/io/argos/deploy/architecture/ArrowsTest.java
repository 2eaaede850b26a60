package io.argos.deploy.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between the modules: who may know whom. */
class ArrowsTest {
  /** What each module may know of ours, beside itself. */
  private static final Map<String, List<String>> ARROWS =
      Map.ofEntries(
          Map.entry("schemas", List.of()),
          Map.entry("config", List.of()),
          Map.entry("spi", List.of("schemas")),
          Map.entry("snmp", List.of("schemas", "spi", "config")),
          Map.entry("profile", List.of("schemas", "spi", "config", "snmp")),
          Map.entry("runtime", List.of("schemas", "spi", "config")),
          Map.entry("servers", List.of("schemas", "config")),
          Map.entry("testing", List.of("schemas", "spi")),
          Map.entry("discovery", List.of("schemas", "spi", "config", "snmp", "profile", "runtime")),
          Map.entry(
              "enrichment", List.of("schemas", "spi", "config", "snmp", "profile", "runtime")),
          Map.entry("polling", List.of("schemas", "spi", "config", "snmp", "profile", "runtime")),
          Map.entry("manager", List.of("schemas", "config", "spi", "runtime")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.argos");

  static Stream<Map.Entry<String, List<String>>> arrows() {
    return ARROWS.entrySet().stream().sorted(Map.Entry.comparingByKey());
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void aModuleKnowsOnlyThoseItsArrowsPointTo(Map.Entry<String, List<String>> arrow) {
    String[] known =
        Stream.concat(Stream.of(arrow.getKey()), arrow.getValue().stream())
            .map(ArrowsTest::packages)
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(packages(arrow.getKey()))
        .should()
        .dependOnClassesThat(resideInAPackage("io.argos..").and(not(resideInAnyPackage(known))))
        .because("the arrows between modules run one way")
        .check(CLASSES);
  }

  @Test
  void everyModuleHasItsArrows() {
    List<String> modules =
        CLASSES.stream()
            .map(type -> type.getPackageName().split("\\."))
            .filter(parts -> parts.length > 2)
            .map(parts -> parts[2])
            .filter(module -> !module.equals("deploy") && !module.equals("bench"))
            .distinct()
            .toList();

    assertThat(ARROWS.keySet()).containsAll(modules);
  }

  @Test
  void secretsAreKeptOutOfRecordsAndOfTheCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage("io.argos.schemas..", "io.argos.manager..", "io.argos.deploy.command..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.argos.spi.Secret")
        .check(CLASSES);
  }

  @Test
  void nobodySerializesWithJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(CLASSES);
  }

  private static String packages(String module) {
    return "io.argos." + module + "..";
  }
}
