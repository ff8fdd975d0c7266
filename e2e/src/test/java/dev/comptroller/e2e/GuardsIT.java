package dev.comptroller.e2e;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may change what is reviewed. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardsIT {
  private static final String CONFIGURATION = "guarded-comptroller-webhook";
  private static final String STRANGER = "operator-of-somebody-else";

  private final ControlPlane controlPlane;
  private final String namespace;
  private final AdmissionObjects objects;

  GuardsIT(ControlPlane controlPlane, FreshNamespace fresh) {
    this.controlPlane = controlPlane;
    this.namespace = fresh.name();
    this.objects = AdmissionObjects.apply(controlPlane.admin(), "guarded", namespace);
  }

  @BeforeAll
  void allow_by_roles_what_the_guards_are_to_refuse() {
    role("guarded-editor", "admissionregistration.k8s.io", "validatingwebhookconfigurations");
    grant("guarded-editor", STRANGER);
    grant("guarded-editor", user(CONFIGURATION));
    try (KubernetesClient stranger = controlPlane.as(STRANGER)) {
      AdmissionObjects.await(
          () -> refusal(() -> change(stranger, found -> {})).contains("administer"));
    }
  }

  @AfterAll
  void remove() {
    objects.close();
  }

  @Test
  void our_configuration_is_changed_and_deleted_by_administrators_alone() {
    try (KubernetesClient stranger = controlPlane.as(STRANGER)) {
      assertThatThrownBy(() -> configuration(stranger).delete())
          .hasMessageContaining("administer configurations");
      assertThatThrownBy(() -> change(stranger, found -> trust(found, certificate())))
          .hasMessageContaining("administer configurations");
    }
    change(controlPlane.admin(), found -> found.getWebhooks().getLast().setTimeoutSeconds(9));
  }

  @Test
  void the_webhook_publishes_its_authority_and_changes_nothing_else() {
    try (KubernetesClient webhook = controlPlane.as(user(CONFIGURATION))) {
      AdmissionObjects.await(
          () -> refusal(() -> change(webhook, found -> trust(found, certificate()))).isEmpty());
      assertThatThrownBy(
              () ->
                  change(
                      webhook, found -> found.getWebhooks().getFirst().setFailurePolicy("Ignore")))
          .hasMessageContaining("administer configurations");
      assertThatThrownBy(() -> change(webhook, found -> found.getWebhooks().removeLast()))
          .hasMessageContaining("administer configurations");
      assertThatThrownBy(
              () ->
                  change(
                      webhook,
                      found ->
                          found
                              .getWebhooks()
                              .getFirst()
                              .getClientConfig()
                              .setUrl("https://127.0.0.1:2/review")))
          .hasMessageContaining("administer configurations");
      assertThatThrownBy(() -> configuration(webhook).delete())
          .hasMessageContaining("administer configurations");
    }
  }

  private String user(String serviceAccount) {
    return "system:serviceaccount:" + namespace + ":" + serviceAccount;
  }

  /** The message of the refusal; empty if the request went through. */
  private static String refusal(Runnable request) {
    try {
      request.run();
      return "";
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static Resource<ValidatingWebhookConfiguration> configuration(KubernetesClient client) {
    return client
        .admissionRegistration()
        .v1()
        .validatingWebhookConfigurations()
        .withName(CONFIGURATION);
  }

  /** Makes a change, and a mark beside it, so that there always is something to write. */
  private static void change(
      KubernetesClient client, Consumer<ValidatingWebhookConfiguration> change) {
    ValidatingWebhookConfiguration found = configuration(client).get();
    Map<String, String> annotations = new HashMap<>(found.getMetadata().getAnnotations());
    annotations.put("guarded-test", Long.toString(System.nanoTime()));
    found.getMetadata().setAnnotations(annotations);
    change.accept(found);
    client.resource(found).update();
  }

  private static void trust(ValidatingWebhookConfiguration found, String bundle) {
    found.getWebhooks().forEach(webhook -> webhook.getClientConfig().setCaBundle(bundle));
  }

  /** Any certificate will do; the control plane's own is at hand. */
  private String certificate() {
    String pem =
        Objects.requireNonNull(
            controlPlane
                .admin()
                .configMaps()
                .inNamespace("kube-system")
                .withName("extension-apiserver-authentication")
                .get()
                .getData()
                .get("client-ca-file"));
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private void role(String name, String group, String resource) {
    objects.keep(
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName(name)
            .endMetadata()
            .addNewRule()
            .withApiGroups(group)
            .withResources(resource)
            .withVerbs("get", "update", "delete")
            .endRule()
            .build());
  }

  private void grant(String role, String user) {
    objects.keep(
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(role + "-" + user.replace(':', '-'))
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build());
  }
}
