package dev.comptroller.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.comptroller.testkit.ControlPlane;
import dev.comptroller.testkit.ControlPlaneExtension;
import dev.comptroller.testkit.FreshNamespace;
import dev.comptroller.testkit.fault.Fault.Loss;
import dev.comptroller.testkit.fault.Fault.Sequel;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ControlPlaneExtension.class)
class FaultProxyIT {
  private static final int IMPATIENT = 2000;

  private final KubernetesClient admin;
  private final String namespace;
  private final FaultProxy proxy;
  private final KubernetesClient client;

  FaultProxyIT(ControlPlane controlPlane, FreshNamespace fresh) {
    this.admin = controlPlane.admin();
    this.namespace = fresh.name();
    this.proxy = FaultProxy.before(controlPlane.config());
    this.client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withAutoConfigure(false)
                    .withMasterUrl(proxy.address().toString())
                    .withOauthToken(token(controlPlane))
                    .withRequestRetryBackoffLimit(0)
                    .withRequestTimeout(IMPATIENT)
                    .build())
            .build();
  }

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    admin.configMaps().inNamespace(namespace).delete();
  }

  @Test
  void who_asks_stays_who_he_is_and_sees_changes_as_they_come() throws Exception {
    try (SharedIndexInformer<ConfigMap> informer =
        client.configMaps().inNamespace(namespace).inform()) {
      client.resource(configMap("seen")).create();

      await().until(() -> informer.getIndexer().getByKey(namespace + "/seen") != null);
      assertThat(proxy.writes(namespace))
          .containsExactly(new Write("POST", "/api/v1/namespaces/" + namespace + "/configmaps"));
    }
    assertThatThrownBy(() -> client.secrets().inNamespace("kube-system").list())
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining("system:serviceaccount:" + namespace);
  }

  @Test
  void a_lost_request_is_not_applied_and_a_lost_answer_is() {
    proxy.plan(namespace, new Fault(1, Loss.REQUEST, Sequel.RECOVERY));
    assertThatThrownBy(() -> client.resource(configMap("never-sent")).create())
        .isInstanceOf(KubernetesClientException.class);
    assertThat(stored("never-sent")).isNull();

    proxy.plan(namespace, new Fault(2, Loss.ANSWER, Sequel.RECOVERY));
    client.resource(configMap("first")).create();
    assertThatThrownBy(() -> client.resource(configMap("applied")).create())
        .isInstanceOf(KubernetesClientException.class);
    assertThat(stored("applied")).isNotNull();

    client.resource(configMap("third")).create();
    assertThat(proxy.struck(namespace)).isTrue();
  }

  @Test
  void after_a_fault_with_silence_nothing_is_written_until_the_proxy_is_healed() {
    proxy.plan(namespace, new Fault(1, Loss.ANSWER, Sequel.SILENCE));
    assertThatThrownBy(() -> client.resource(configMap("applied")).create())
        .isInstanceOf(KubernetesClientException.class);
    assertThatThrownBy(() -> client.resource(configMap("held")).create())
        .isInstanceOf(KubernetesClientException.class);
    assertThat(client.configMaps().inNamespace(namespace).withName("applied").get()).isNotNull();

    proxy.heal();

    client.resource(configMap("passes")).create();
    await().during(Duration.ofMillis(500)).until(() -> stored("held") == null);
  }

  private ConfigMap stored(String name) {
    return admin.configMaps().inNamespace(namespace).withName(name).get();
  }

  private ConfigMap configMap(String name) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  /** Of the namespace's own ServiceAccount, which may edit there. */
  private String token(ControlPlane controlPlane) {
    await()
        .until(
            () -> admin.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("edit")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "edit")
                .addNewSubject("", "ServiceAccount", "default", namespace)
                .build())
        .serverSideApply();
    return controlPlane.token(namespace, "default", Duration.ofHours(1));
  }
}
