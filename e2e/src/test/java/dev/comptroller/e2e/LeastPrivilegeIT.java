package dev.comptroller.e2e;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.comptroller.testkit.AuditedRequest;
import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.install.InstalledChart;
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
  /** Rights that no request to the API server can show, each with its reason. */
  private static final Set<Permission> UNSEEN =
      Set.of(
          // Granted to declared callers, and nobody can grant what he does not hold. The API server
          // serves no such subresource: it is asked about, by whoever stands before a model.
          new Permission("comptroller.dev", "modeldeployments/predict", "create"),
          // The operator's library reviews its own access for this before it stands for election,
          // and then only patches.
          new Permission("coordination.k8s.io", "leases", "update"));

  /** What the webhook is kept from for a while, to see what it does without. */
  private static final Set<String> TAKEN_AWAY =
      Set.of("governancepolicies", "acceleratorclasses", "approvals");

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
        AuditedProgram.of(controlPlane, program)
            .requests()
            .filter(request -> request.code() < 400)
            .flatMap(LeastPrivilegeIT::permissions)
            .collect(toSet());

    assertThat(Permission.granted(installed.objects(), program))
        .isNotEmpty()
        .filteredOn(permission -> !UNSEEN.contains(permission))
        .isSubsetOf(used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"comptroller-operator", "comptroller-webhook"})
  void nothing_is_asked_that_is_not_granted(String program, ControlPlane controlPlane) {
    assertThat(AuditedProgram.of(controlPlane, program).requests())
        .isNotEmpty()
        .filteredOn(request -> !request.authorized())
        .filteredOn(request -> !TAKEN_AWAY.contains(request.resource()))
        .isEmpty();
  }

  /** A server-side apply that creates is authorised as a patch and as a creation. */
  private static Stream<Permission> permissions(AuditedRequest request) {
    Permission asked = new Permission(request.group(), request.resource(), request.verb());
    return request.verb().equals("patch") && request.code() == CREATED
        ? Stream.of(asked, new Permission(request.group(), request.resource(), "create"))
        : Stream.of(asked);
  }
}
