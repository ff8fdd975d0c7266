package dev.comptroller.e2e;

import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.ControlPlane;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one of our programs asked of the API server, by the API server's own record.
 *
 * @param log which only a local control plane keeps
 * @param name of the program's ServiceAccount
 */
record AuditedProgram(Path log, String name) {
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  static AuditedProgram of(ControlPlane controlPlane, String name) {
    return new AuditedProgram(controlPlane.auditLog().orElseThrow(), name);
  }

  Stream<AuditedRequest> requests() {
    String user = "system:serviceaccount:" + Comptroller.NAMESPACE + ":" + name;
    return AuditedRequest.read(log).stream()
        .filter(request -> request.user().equals(user))
        .filter(request -> !request.resource().isEmpty());
  }

  /** Requests that change something in a namespace, whatever became of them. */
  Stream<AuditedRequest> writes(String namespace) {
    return requests()
        .filter(request -> request.namespace().equals(namespace))
        .filter(request -> WRITES.contains(request.verb()));
  }
}
