package dev.comptroller.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules point one way. */
@AnalyzeClasses(packages = "dev.comptroller", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule ARROWS_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.comptroller..")
          .layer("crds")
          .definedBy("dev.comptroller.api..")
          .layer("core")
          .definedBy("dev.comptroller.core..")
          .layer("cluster")
          .definedBy("dev.comptroller.cluster..")
          .layer("operator")
          .definedBy("dev.comptroller.operator..")
          .layer("webhook")
          .definedBy("dev.comptroller.webhook..")
          .layer("cli")
          .definedBy("dev.comptroller.cli..")
          .layer("testkit")
          .definedBy("dev.comptroller.testkit..")
          .whereLayer("crds")
          .mayNotAccessAnyLayer()
          .whereLayer("core")
          .mayOnlyAccessLayers("crds")
          .whereLayer("cluster")
          .mayOnlyAccessLayers("crds", "core")
          .whereLayer("operator")
          .mayOnlyAccessLayers("crds", "core", "cluster")
          .whereLayer("webhook")
          .mayOnlyAccessLayers("crds", "core", "cluster")
          .whereLayer("cli")
          .mayOnlyAccessLayers("crds", "core", "cluster")
          .whereLayer("testkit")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule ONE_JACKSON =
      noClasses().should().dependOnClassesThat().resideInAPackage("tools.jackson..");

  @ArchTest
  static final ArchRule ONE_NULL_ANNOTATION =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.annotation..", "org.jetbrains.annotations..");
}
