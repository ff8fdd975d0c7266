package dev.comptroller.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the rights of operator and webhook with what they asked of the API server in all tests
 * that ran before, by the API server's own record.
 */
@ExtendWith(ComptrollerExtension.class)
@Order(Integer.MAX_VALUE)
class LeastPrivilegeIT {
  /** Rights that are needed and never seen in a request. */
  private static final Set<Permission> HELD =
      Set.of(
          // Granted to declared callers: nobody can grant what he does not hold.
          new Permission("comptroller.dev", "modeldeployments/predict", "create"),
          // Renews the serving certificate, months after it was made.
          new Permission("", "secrets", "update"),
          // Leader election looks whether it has this before it starts.
          new Permission("coordination.k8s.io", "leases", "update"),
          // Children of what has no bound, which only a policy that warns lets in.
          new Permission("batch", "cronjobs", "get"),
          new Permission("apps", "daemonsets", "get"));

  /** What is wired is read one by one where a cache lags, and deleted when it is wanted no more. */
  private static final Set<String> SELDOM = Set.of("get", "delete");

  /** Kinds that a local control plane does not serve. */
  private static final String ABSENT_GROUP = "monitoring.coreos.com";

  private static final int CREATED = 201;

  @BeforeAll
  static void only_a_local_control_plane_keeps_a_record(ControlPlane controlPlane) {
    assumeThat(controlPlane.auditLog()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"comptroller-operator", "comptroller-webhook"})
  void every_right_that_is_granted_is_used(
      String program, ControlPlane controlPlane, InstalledChart installed) {
    Set<Permission> used =
        requests(program, controlPlane)
            .filter(request -> request.code() < 400)
            .flatMap(LeastPrivilegeIT::permissions)
            .collect(toSet());

    assertThat(Permission.granted(installed.objects(), program))
        .isNotEmpty()
        .filteredOn(permission -> !HELD.contains(permission))
        .filteredOn(permission -> !isSeldom(program, permission))
        .filteredOn(permission -> !permission.group().equals(ABSENT_GROUP))
        .isSubsetOf(used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"comptroller-operator", "comptroller-webhook"})
  void nothing_is_asked_that_is_not_granted(String program, ControlPlane controlPlane) {
    assertThat(requests(program, controlPlane))
        .isNotEmpty()
        .filteredOn(request -> !request.authorized())
        .isEmpty();
  }

  private static boolean isSeldom(String program, Permission permission) {
    return program.equals("comptroller-operator")
        && !permission.group().equals("comptroller.dev")
        && SELDOM.contains(permission.verb());
  }

  private static Stream<AuditedRequest> requests(String program, ControlPlane controlPlane) {
    String user = "system:serviceaccount:" + Comptroller.NAMESPACE + ":" + program;
    List<AuditedRequest> all = AuditedRequest.read(controlPlane.auditLog().orElseThrow());
    return all.stream()
        .filter(request -> request.user().equals(user))
        .filter(request -> !request.resource().isEmpty());
  }

  /** A server-side apply that creates is authorised as a patch and as a creation. */
  private static Stream<Permission> permissions(AuditedRequest request) {
    Permission asked = new Permission(request.group(), request.resource(), request.verb());
    return request.verb().equals("patch") && request.code() == CREATED
        ? Stream.of(asked, new Permission(request.group(), request.resource(), "create"))
        : Stream.of(asked);
  }
}
