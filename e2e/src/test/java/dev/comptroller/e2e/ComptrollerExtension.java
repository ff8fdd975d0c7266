package dev.comptroller.e2e;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.install.InstalledChart;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link InstalledChart} of Comptroller, one for all tests of this Java process,
 * and a {@link Team}, one for each test class. A parameter with {@link SecretsChecked} is one that
 * works in the namespace where the operator may read Secrets.
 */
final class ComptrollerExtension implements ParameterResolver {
  /** Asks for the team in the namespace in which the operator may read Secrets. */
  @Target(ElementType.PARAMETER)
  @Retention(RetentionPolicy.RUNTIME)
  @interface SecretsChecked {}

  private static final Namespace NAMESPACE = Namespace.create(ComptrollerExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == InstalledChart.class || type == Team.class || type == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    if (type == ControlPlane.class) {
      return ControlPlaneExtension.controlPlane(context);
    }
    if (type == InstalledChart.class) {
      return installed(context);
    }
    return parameter.isAnnotated(SecretsChecked.class)
        ? teamWithCheckedSecrets(context)
        : team(context);
  }

  private static InstalledChart installed(ExtensionContext context) {
    ControlPlane controlPlane = ControlPlaneExtension.controlPlane(context);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            InstalledChart.class,
            key ->
                Comptroller.install(
                    controlPlane,
                    Path.of("target", "comptroller"),
                    Map.of("secrets.checkedNamespaces", List.of(checkedNamespace(context).name()))),
            InstalledChart.class);
  }

  private static FreshNamespace checkedNamespace(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            FreshNamespace.class,
            key ->
                FreshNamespace.create(
                    ControlPlaneExtension.controlPlane(context).admin(), "secrets-checked"),
            FreshNamespace.class);
  }

  private static Team teamWithCheckedSecrets(ExtensionContext context) {
    installed(context);
    ControlPlane controlPlane = ControlPlaneExtension.controlPlane(context);
    return ControlPlaneExtension.classStore(context, NAMESPACE)
        .computeIfAbsent(
            SecretsChecked.class,
            key -> Team.in(controlPlane, checkedNamespace(context).name()),
            Team.class);
  }

  private static Team team(ExtensionContext context) {
    installed(context);
    ControlPlane controlPlane = ControlPlaneExtension.controlPlane(context);
    FreshNamespace namespace = ControlPlaneExtension.namespace(context);
    return ControlPlaneExtension.classStore(context, NAMESPACE)
        .computeIfAbsent(Team.class, key -> Team.in(controlPlane, namespace.name()), Team.class);
  }
}
