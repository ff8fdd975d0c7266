package dev.comptroller.testkit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link RealNode}, one for all tests of this Java process, and a {@link
 * FreshNamespace} on it for each test class. Where no real node can run, the tests are skipped, and
 * their report says why.
 */
public final class RealNodeExtension implements ExecutionCondition, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RealNodeExtension.class);

  /** What the node says it has, so that pods which ask for accelerators can run on it. */
  private static final String ACCELERATORS = "nvidia.com/gpu=8";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            ConditionEvaluationResult.class,
            key ->
                RealNode.obstacle()
                    .map(ConditionEvaluationResult::disabled)
                    .orElseGet(() -> ConditionEvaluationResult.enabled("a real node can run")),
            ConditionEvaluationResult.class);
  }

  /** The real node of this Java process, started when it is first asked for. */
  public static RealNode realNode(ExtensionContext context) {
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            RealNode.class,
            key -> RealNode.start(Path.of("target", "real-node"), "--node-resource", ACCELERATORS),
            RealNode.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RealNode.class || type == FreshNamespace.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RealNode node = realNode(context);
    if (parameter.getParameter().getType() == RealNode.class) {
      return node;
    }
    Class<?> testClass = context.getRequiredTestClass();
    return ControlPlaneExtension.classStore(context, NAMESPACE)
        .computeIfAbsent(
            testClass,
            key -> FreshNamespace.create(node.controlPlane().admin(), testClass.getSimpleName()),
            FreshNamespace.class);
  }
}
