package dev.comptroller.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {

  @Test
  void a_job_with_accelerators_is_scheduled_and_completes(
      ControlPlane controlPlane, FreshNamespace namespace) {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withNamespace(namespace.name())
            .withName("train")
            .endMetadata()
            .withNewSpec()
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .addNewContainer()
            .withName("train")
            .withImage("train")
            .withNewResources()
            .addToLimits("nvidia.com/gpu", Quantity.parse("8"))
            .endResources()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    controlPlane.admin().resource(job).create();

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(controlPlane.admin().resource(job).get().getStatus().getSucceeded())
                    .isEqualTo(1));
  }

  @Test
  void a_client_acts_as_the_user_it_was_asked_for(
      ControlPlane controlPlane, FreshNamespace namespace) {
    try (KubernetesClient alice = controlPlane.as("alice", "research")) {
      assertThat(whoAmI(alice).getUsername()).isEqualTo("alice");
      assertThat(whoAmI(alice).getGroups()).contains("research", "system:authenticated");
      assertThatThrownBy(() -> alice.pods().inNamespace(namespace.name()).list())
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining("\"alice\" cannot list resource \"pods\"");
    }
  }

  @Test
  void a_client_acts_as_the_service_account_it_was_asked_for(
      ControlPlane controlPlane, FreshNamespace namespace) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        controlPlane
                            .admin()
                            .serviceAccounts()
                            .inNamespace(namespace.name())
                            .withName("default")
                            .get())
                    .isNotNull());
    try (KubernetesClient account = controlPlane.asServiceAccount(namespace.name(), "default")) {
      assertThat(whoAmI(account).getUsername())
          .isEqualTo("system:serviceaccount:" + namespace.name() + ":default");
    }
  }

  private static UserInfo whoAmI(KubernetesClient client) {
    SelfSubjectReview review = new SelfSubjectReview();
    return client.resource(review).create().getStatus().getUserInfo();
  }
}
