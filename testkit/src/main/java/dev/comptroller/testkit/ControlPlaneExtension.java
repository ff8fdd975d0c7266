package dev.comptroller.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link ControlPlane}, one for all tests of this Java process, and a {@link
 * FreshNamespace}, one for each test class.
 */
public final class ControlPlaneExtension implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(ControlPlaneExtension.class);

  /** The control plane of this Java process, started when it is first asked for. */
  public static ControlPlane controlPlane(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            ControlPlane.class,
            key -> ControlPlane.givenOrStarted(Path.of("target", "control-plane")),
            ControlPlane.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ControlPlane.class || type == FreshNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ControlPlane.class
        ? controlPlane(context)
        : namespace(context);
  }

  /** The namespace of the test class, created when it is first asked for. */
  public static FreshNamespace namespace(ExtensionContext context) {
    Class<?> testClass = context.getRequiredTestClass();
    return classStore(context, NAMESPACE)
        .computeIfAbsent(
            testClass,
            key -> FreshNamespace.create(controlPlane(context).admin(), testClass.getSimpleName()),
            FreshNamespace.class);
  }

  /** Where what lives as long as the test class is kept, and closed after it. */
  public static Store classStore(ExtensionContext context, Namespace namespace) {
    ExtensionContext classContext = context;
    while (classContext.getTestMethod().isPresent()) {
      classContext = classContext.getParent().orElseThrow();
    }
    return classContext.getStore(namespace);
  }
}
