package dev.comptroller.e2e;

import dev.comptroller.testkit.RealNode;

/**
 * A pod of a real node that asks others, under a ServiceAccount of its own name.
 *
 * @param name of the pod and of its account
 */
record PodCaller(Terminal terminal, String namespace, String name) {

  /** Starts the pod and waits until it is ready. */
  static PodCaller start(Terminal terminal, String namespace, String name) {
    terminal.runWell(
        """
        kubectl -n %1$s create serviceaccount %2$s
        kubectl -n %1$s run %2$s --image=%3$s --image-pull-policy=IfNotPresent \
          --overrides='{"spec": {"serviceAccountName": "%2$s"}}' -- serve :8080
        kubectl -n %1$s wait --for=condition=Ready pod/%2$s --timeout=60s
        """
            .formatted(namespace, name, RealNode.ECHO_IMAGE));
    return new PodCaller(terminal, namespace, name);
  }

  /** What it is answered at a URL. */
  Terminal.Result ask(String url) {
    return terminal.run("kubectl -n %s exec %s -- /echo get '%s'".formatted(namespace, name, url));
  }
}
