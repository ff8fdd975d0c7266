package dev.comptroller.e2e;

import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.RealNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real Prometheus in a pod of a real node. */
final class PrometheusPod {
  private static final int PORT = 9090;

  private PrometheusPod() {}

  /**
   * Starts it and waits until it is ready.
   *
   * @param namespace where it runs, under the name {@code prometheus}
   * @param configuration its configuration
   * @return how it is reached from this machine
   */
  static PrometheusApi start(
      RealNode node, Terminal terminal, String namespace, String configuration) throws IOException {
    String image =
        node.importProgram(
            "registry.example.com/prometheus:1", Checkout.current().tool("prometheus"));
    Path file = Files.writeString(Files.createTempFile("prometheus", ".yaml"), configuration);
    terminal.runWell(
        """
        kubectl -n %1$s create configmap prometheus --from-file=prometheus.yaml=%2$s
        kubectl apply -f - <<YAML
        apiVersion: v1
        kind: Pod
        metadata: {name: prometheus, namespace: %1$s}
        spec:
          containers:
          - name: prometheus
            image: %3$s
            args: [--config.file=/etc/prometheus/prometheus.yaml, --storage.tsdb.path=/data]
            volumeMounts:
            - {name: configuration, mountPath: /etc/prometheus}
            - {name: data, mountPath: /data}
          securityContext: {fsGroup: 65532}
          volumes:
          - {name: configuration, configMap: {name: prometheus}}
          - {name: data, emptyDir: {}}
        YAML
        kubectl -n %1$s wait --for=condition=Ready pod/prometheus --timeout=60s
        """
            .formatted(namespace, file, image));
    String ip =
        terminal.runWell(
            "kubectl -n " + namespace + " get pod prometheus -o jsonpath={.status.podIP}");
    return new PrometheusApi(ip.strip() + ":" + PORT);
  }
}
