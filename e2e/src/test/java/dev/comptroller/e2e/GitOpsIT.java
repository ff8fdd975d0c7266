package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.Checkout;
import dev.comptroller.testkit.ControlPlane;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the document on GitOps says and its examples are. */
@ExtendWith(ComptrollerExtension.class)
class GitOpsIT {
  private final Team team;
  private final Terminal admin;

  GitOpsIT(Team team, ControlPlane controlPlane) {
    this.team = team;
    this.admin = Terminal.of(controlPlane.kubeconfig());
  }

  @Test
  void kubectl_waits_for_a_run_as_the_document_says() {
    ObjectNode run = team.alice.sign(team.manifest("training-run", "tickets-sft"));
    String wait = Document.read("docs/gitops.md").command("kubectl wait");
    assertThat(admin.run(wait + " -n " + team.namespace()).output()).contains("NotFound");

    team.create(run);

    assertThat(admin.runWell(wait + " -n " + team.namespace())).contains("condition met");
  }

  /**
   * The definitions come with the sources of both projects, as Go modules: at a version, with the
   * checksum that all the world has seen.
   */
  @ParameterizedTest
  @CsvSource({
    "argocd-application.yaml, argocd, github.com/argoproj/argo-cd/v3@v3.5.7,"
        + " h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=, manifests/crds/application-crd.yaml",
    "flux.yaml, flux-system, github.com/fluxcd/kustomize-controller@v1.9.6,"
        + " h1:XB+G3A0mky0j5uVHZWv4oSlS2RvZBoNIUhstIvY0JKE=,"
        + " config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml"
  })
  void an_example_is_what_its_tool_understands(
      String example,
      String namespace,
      String module,
      String checksum,
      String definition,
      @TempDir Path elsewhere) {
    JsonNode downloaded =
        Manifests.yaml(
            Terminal.in(elsewhere)
                .runWell("go mod download -json %s | tr -d '\\t'".formatted(module)));
    assertThat(downloaded.path("Sum").asText()).isEqualTo(checksum);
    String file = Path.of(downloaded.path("Dir").asText(), definition).toString();
    admin.runWell(
        """
        set -e
        kubectl apply --server-side -f %1$s
        # What was just stored has no conditions yet, which kubectl takes for an error.
        for attempt in 1 2 3 4 5; do
          kubectl wait --for=condition=Established -f %1$s --timeout=60s && break
          sleep 1
        done
        kubectl create namespace %2$s
        """
            .formatted(file, namespace));
    try {
      assertThat(
              admin.runWell(
                  "kubectl apply --dry-run=server --validate=strict -f "
                      + Checkout.current().path("examples/gitops").resolve(example)))
          .contains("created (server dry run)");
    } finally {
      admin.runWell(
          "kubectl delete --wait=false -f %s && kubectl delete --wait=false namespace %s"
              .formatted(file, namespace));
    }
  }
}
