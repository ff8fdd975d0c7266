package dev.comptroller.operator.wiring;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which kinds of the Prometheus Operator the cluster serves now. They may be absent, and may appear
 * or vanish at any time: the definitions are watched by name.
 */
public final class MonitoringApis implements AutoCloseable {
  /** API version of all of them. */
  public static final String API_VERSION = "monitoring.coreos.com/v1";

  private static final List<String> DEFINITIONS =
      List.of(
          "podmonitors.monitoring.coreos.com",
          "prometheusrules.monitoring.coreos.com",
          "servicemonitors.monitoring.coreos.com");

  private final Set<String> served = ConcurrentHashMap.newKeySet();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<SharedIndexInformer<CustomResourceDefinition>> informers;

  public MonitoringApis(KubernetesClient client) {
    this.informers =
        DEFINITIONS.stream()
            .map(
                name ->
                    client
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .inform(new Handler()))
            .toList();
  }

  /** Whether the cluster serves this kind of the Prometheus Operator. */
  public boolean serves(String kind) {
    return served.contains(kind);
  }

  /** Calls back after a kind has appeared or vanished. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::close);
  }

  private final class Handler implements ResourceEventHandler<CustomResourceDefinition> {
    @Override
    public void onAdd(CustomResourceDefinition definition) {
      note(definition, established(definition));
    }

    @Override
    public void onUpdate(CustomResourceDefinition before, CustomResourceDefinition definition) {
      note(definition, established(definition));
    }

    @Override
    public void onDelete(CustomResourceDefinition definition, boolean finalStateUnknown) {
      note(definition, false);
    }

    private void note(CustomResourceDefinition definition, boolean present) {
      String kind = definition.getSpec().getNames().getKind();
      if (present ? served.add(kind) : served.remove(kind)) {
        listeners.forEach(Runnable::run);
      }
    }

    /** A definition that was just stored has no status, or one without conditions. */
    private boolean established(CustomResourceDefinition definition) {
      return definition.getStatus() != null
          && definition.getStatus().getConditions() != null
          && definition.getStatus().getConditions().stream()
              .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }
  }
}
