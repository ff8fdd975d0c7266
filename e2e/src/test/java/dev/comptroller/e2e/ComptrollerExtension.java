package dev.comptroller.e2e;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.install.InstalledChart;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link InstalledChart} of Comptroller, one for all tests of this Java process,
 * and a {@link Team}, one for each test class.
 */
final class ComptrollerExtension implements ParameterResolver {
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
    return type == InstalledChart.class ? installed(context) : team(context);
  }

  private static InstalledChart installed(ExtensionContext context) {
    ControlPlane controlPlane = ControlPlaneExtension.controlPlane(context);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            InstalledChart.class,
            key -> Comptroller.install(controlPlane, Path.of("target", "comptroller")),
            InstalledChart.class);
  }

  private static Team team(ExtensionContext context) {
    installed(context);
    ControlPlane controlPlane = ControlPlaneExtension.controlPlane(context);
    FreshNamespace namespace = ControlPlaneExtension.namespace(context);
    return ControlPlaneExtension.classStore(context, NAMESPACE)
        .computeIfAbsent(Team.class, key -> Team.in(controlPlane, namespace.name()), Team.class);
  }
}
